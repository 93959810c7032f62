import type { Hop } from "../../../trace/hop.ts";
import { shortName } from "../../../trace/shortName.ts";
import { type Child, h } from "../element.ts";
import { linkOf } from "../names.ts";
import { linkTo } from "../route.ts";
import { timeElement } from "../timeElement.ts";
import { after, count, duration, timeOfDay } from "../words.ts";

/** What handlers say that they did, by the id of the request. */
type Outcomes = Readonly<Record<string, string>>;

/** The most steps that are shown of one branch: its beginning and its end. */
const mostSteps = 40;

/** The steps of one branch, or of the entrance, with their times. */
export function steps(hops: readonly Hop[], first: Hop, outcomes: Outcomes = {}): HTMLElement {
  const half = mostSteps / 2;
  const folded = hops.length > mostSteps;
  const shown = folded ? [...hops.slice(0, half), ...hops.slice(-half)] : hops;
  const left = hops.length - shown.length;
  const repeated = repeatedFailures(shown);
  return h(
    "ol.steps",
    {},
    shown.map((hop, index) => [
      folded && index === half && h("li.quiet", {}, `… ${count(left, "more step")} …`),
      h(
        `li.${toneOf(hop)}`,
        { "data-key": String(hop.sequence) },
        timeElement(hop.time, hop === first ? timeOfDay(hop.time) : after(hop.time - first.time)),
        h(
          "span.step",
          {},
          repeated.has(hop)
            ? [
                "failed again, for the same reason ",
                "requestId" in hop && invocation(hop.requestId),
              ]
            : sentence(hop, outcomes),
        ),
      ),
    ]),
  );
}

/** Failures with the reason of the one before: to read it once is enough. */
function repeatedFailures(hops: readonly Hop[]): ReadonlySet<Hop> {
  const failures = hops.filter((hop) => hop.kind === "failed");
  return new Set(
    failures.filter((hop, index) => {
      const before = failures[index - 1];
      return before?.reason === hop.reason && before.position === hop.position;
    }),
  );
}

function toneOf({ kind }: Hop): string {
  if (["failed", "denied", "refused", "dropped", "deadLettered"].includes(kind)) return "bad";
  return kind === "handled" || kind === "sent" ? "good" : "plain";
}

function sentence(hop: Hop, outcomes: Outcomes): Child {
  switch (hop.kind) {
    case "stored":
      return [
        `${hop.eventName} of `,
        h("a", { href: linkTo("object", `${hop.to}/${hop.key}`) }, hop.key),
        " in ",
        resource(hop.to),
        ` by ${shortName(hop.from)}`,
      ];
    case "published":
      return ["published to ", resource(hop.to), ` by ${shortName(hop.from)}`];
    case "queued":
      return ["queued in ", resource(hop.to), hop.delaySeconds > 0 && ` for ${hop.delaySeconds} s`];
    case "deduplicated":
      return ["a duplicate: accepted and not kept by ", resource(hop.to)];
    case "filtered":
    case "denied":
    case "refused":
    case "dropped":
      return h("span.reason", {}, hop.reason);
    case "retrying":
      return [`to be tried again at ${timeOfDay(hop.at)}: `, h("span.reason", {}, hop.reason)];
    case "received":
      return [
        "received by ",
        resource(hop.to),
        hop.receiveCount > 1 && `, time ${hop.receiveCount}`,
      ];
    case "invoked":
      return [
        "handed to ",
        resource(hop.to),
        hop.batchSize > 1 && ` in a batch of ${hop.batchSize}`,
      ];
    case "handled":
      return [
        "handled in ",
        duration(hop.milliseconds),
        ", ",
        outcomes[hop.requestId] !== undefined && `${outcomes[hop.requestId]}, `,
        invocation(hop.requestId),
      ];
    case "failed":
      return [
        "failed: ",
        h("span.reason", {}, hop.reason),
        " ",
        hop.position !== undefined && [h("code", {}, hop.position), " "],
        invocation(hop.requestId),
      ];
    case "deadLettered":
      return ["to ", resource(hop.to), ": ", h("span.reason", {}, hop.reason)];
    case "sent":
      return ["sent to ", resource(hop.to), hop.summary !== "" && `: ${hop.summary}`];
  }
}

function resource(arn: string): HTMLElement {
  const href = linkOf(arn);
  return href === undefined ? h("span", {}, shortName(arn)) : h("a", { href }, shortName(arn));
}

function invocation(requestId: string): HTMLElement {
  return h("a", { href: linkTo("invocation", requestId) }, "log");
}
