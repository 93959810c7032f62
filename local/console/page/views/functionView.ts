import { shortName } from "../../../trace/shortName.ts";
import type { FaultView, Overview } from "../../api/types.ts";
import type { ConsumerShape } from "../../systems/systemShape.ts";
import { type Child, h } from "../element.ts";
import { denialsOf, faultsOfFunction } from "../faultsAt.ts";
import { type FaultTarget, faultForm } from "../forms/faultForm.ts";
import { functionState } from "../graph/nodeStates.ts";
import { kept } from "../kept.ts";
import { placeOf } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { button, detailFrame, facts } from "./frame.ts";
import { invocations } from "./invocationViews.ts";

/** A function: how it is doing, what can be done to it, and its latest invocations. */
export function functionView(state: State, arn: string): HTMLElement {
  const { overview } = state;
  const known = overview?.functions[arn];
  return detailFrame(
    { href: linkTo("systems"), name: "Systems" },
    shortName(arn),
    facts({
      Function: placeOf(overview?.systems ?? [], arn) || undefined,
      Now: now(arn, overview),
      Problem: known?.problem,
      ARN: h("code", {}, arn),
    }),
    overview !== undefined && controls(arn, overview),
    h("h3", {}, "Latest invocations"),
    invocations(state, "It has not been invoked yet."),
  );
}

function now(arn: string, overview: Overview | undefined): Child {
  if (overview?.functions[arn]?.notRunHere) {
    return "not run here: it is a container image; its messages wait";
  }
  return overview && functionState(arn, overview).words;
}

function controls(arn: string, overview: Overview): Child {
  const mapping = overview.functions[arn]?.mapping;
  const target = targetOf(arn, overview);
  const faults = [
    ...faultsOfFunction(overview.faults, arn),
    ...(target.delivery ? denialsOf(overview.faults, target.delivery.resource) : []),
  ];
  return [
    mapping !== undefined &&
      h(
        "div.actions",
        {},
        mapping.enabled
          ? button("Pause", "set-mapping", { mapping: mapping.id, enabled: "false" })
          : button("Resume", "set-mapping", { mapping: mapping.id, enabled: "true" }, ".primary"),
        h(
          "p.quiet",
          {},
          mapping.enabled
            ? "Pausing disables the event source mapping: messages stay in the queue."
            : "Its event source mapping is disabled: messages stay in the queue.",
        ),
      ),
    h("h3", {}, "Break it on purpose"),
    h("ul.faults", {}, faults.map(faultLine)),
    kept(`fault ${arn}`, () => faultForm(target, () => {})),
  ];
}

function faultLine(fault: FaultView): HTMLElement {
  const { id, hits, times } = fault;
  const left = times === undefined ? "" : ` of ${times}`;
  return h(
    "li",
    { "data-key": id },
    h("span", {}, `${faultWords[fault.kind]}: ${hits}${left} so far`),
    button("Remove", "remove-fault", { fault: id }),
  );
}

const faultWords: Readonly<Record<FaultView["kind"], string>> = {
  error: "fails",
  delay: "starts late",
  throttle: "is throttled",
  pause: "is paused",
  deny: "is denied its deliveries",
};

function targetOf(functionArn: string, { systems }: Overview): FaultTarget {
  const consumer = systems
    .flatMap(({ consumers }) => consumers)
    .find((each) => each.function?.arn === functionArn);
  return { functionArn, delivery: consumer && deliveryTo(consumer) };
}

function deliveryTo({ endpoint, protocol }: ConsumerShape): FaultTarget["delivery"] {
  if (protocol === "sqs") return { resource: endpoint, action: "sqs:SendMessage" };
  return protocol === "lambda"
    ? { resource: endpoint, action: "lambda:InvokeFunction" }
    : undefined;
}
