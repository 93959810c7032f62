import type { Hop } from "../../../trace/hop.ts";
import type { MissedSubscriber } from "../../api/types.ts";
import { type BranchState, branchOf, summarize } from "../../events/eventSummary.ts";
import { shortName } from "../../shortName.ts";
import type { SystemShape } from "../../systems/systemShape.ts";
import { type Child, h } from "../element.ts";
import { branchName, linkOf, outcomes } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { after, count, duration, exactTime, pretty, timeOfDay } from "../words.ts";
import { detailFrame, empty, facts, textBox } from "./frame.ts";

const back = { href: linkTo("events"), name: "Events" };

/** The whole way of one event: what it is, who got it, who did not and why, step by step. */
export function eventView({ detail, overview }: State, id: string): HTMLElement {
  if (detail?.view !== "event") return detailFrame(back, "Event", empty("Looking for it …"));
  const { missedSubscribers, causes } = detail;
  // The log knows better why than the trace does.
  const hops = detail.hops.map((hop) =>
    hop.kind === "failed" ? { ...hop, reason: causes[hop.requestId] ?? hop.reason } : hop,
  );
  const [summary] = summarize(hops);
  const [first] = hops;
  if (summary === undefined || first === undefined) {
    return detailFrame(back, "Event", empty(`Nothing is known of ${id} any more.`));
  }
  const systems = overview?.systems ?? [];
  const groups = Map.groupBy(hops, branchOf);
  const entrance = groups.get(undefined) ?? [];
  groups.delete(undefined);
  return detailFrame(
    back,
    first.kind === "published" ? `Message to ${shortName(first.to)}` : summary.title,
    facts({
      Began: exactTime(summary.startedAt),
      "Latest step": after(summary.latestAt - summary.startedAt),
      By: shortName(summary.by),
      Id: h("code", {}, id),
    }),
    payload(hops),
    entrance.length > 0 && steps(entrance, first),
    h("h3", {}, "Who got it"),
    h(
      "ul.outcomes",
      {},
      [...groups].map(([endpoint = "", own]) =>
        branch(branchName(systems, endpoint), summary.branches[endpoint], own, first),
      ),
      missedSubscribers.map((each) => missed(each, systems)),
    ),
  );
}

/** What was published: the same message to a topic twice is shown once. */
function payload(hops: readonly Hop[]): Child {
  const published = hops.filter((hop) => hop.kind === "published");
  return published.map(({ body, attributes = {}, groupId, to }) =>
    h(
      "div.payload",
      { "data-key": `payload ${to}` },
      published.length > 1 && h("h3", {}, `Published to ${shortName(to)}`),
      textBox(pretty(body), "Message"),
      facts({
        ...(groupId !== undefined && { "Message group": groupId }),
        ...Object.fromEntries(
          Object.entries(attributes).map(([name, { stringValue, binaryValue, dataType }]) => [
            name,
            [stringValue ?? binaryValue ?? "", h("span.quiet", {}, ` ${dataType}`)],
          ]),
        ),
      }),
    ),
  );
}

function branch(
  name: string,
  state: BranchState | undefined,
  hops: readonly Hop[],
  first: Hop,
): HTMLElement {
  const { word, mark, tone } = outcomes[state ?? "waiting"];
  return h(
    "li",
    { "data-key": name },
    h(
      `p.outcome.${tone}`,
      {},
      h("span.mark", { "aria-hidden": "true" }, mark),
      h("strong", {}, name),
      h("span", {}, word),
    ),
    steps(hops, first),
  );
}

function missed(
  { endpoint, reason }: MissedSubscriber,
  systems: readonly SystemShape[],
): HTMLElement {
  return h(
    "li",
    { "data-key": `missed ${endpoint}` },
    h(
      "p.outcome.quiet",
      {},
      h("span.mark", { "aria-hidden": "true" }, "–"),
      h("strong", {}, branchName(systems, endpoint)),
      h("span", {}, "did not get it"),
    ),
    h("p.reason", {}, reason),
  );
}

/** The most steps that are shown of one branch: its beginning and its end. */
const mostSteps = 40;

function steps(hops: readonly Hop[], first: Hop): HTMLElement {
  const half = mostSteps / 2;
  const folded = hops.length > mostSteps;
  const shown = folded ? [...hops.slice(0, half), ...hops.slice(-half)] : hops;
  const left = hops.length - shown.length;
  return h(
    "ol.steps",
    {},
    shown.map((hop, index) => [
      folded && index === half && h("li.quiet", {}, `… ${count(left, "more step")} …`),
      h(
        `li.${toneOf(hop)}`,
        { "data-key": String(hop.sequence) },
        h(
          "time",
          { title: exactTime(hop.time) },
          hop === first ? timeOfDay(hop.time) : after(hop.time - first.time),
        ),
        h("span.step", {}, sentence(hop)),
      ),
    ]),
  );
}

function toneOf({ kind }: Hop): string {
  if (["failed", "denied", "refused", "dropped", "deadLettered"].includes(kind)) return "bad";
  return kind === "handled" || kind === "sent" ? "good" : "plain";
}

function sentence(hop: Hop): Child {
  switch (hop.kind) {
    case "stored":
      return [`${hop.eventName} of ${hop.key} in `, resource(hop.to), ` by ${shortName(hop.from)}`];
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
      return ["handled in ", duration(hop.milliseconds), ", ", invocation(hop.requestId)];
    case "failed":
      return ["failed: ", h("span.reason", {}, hop.reason), " ", invocation(hop.requestId)];
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
