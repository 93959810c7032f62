import type { Hop } from "../../../trace/hop.ts";
import { shortName } from "../../../trace/shortName.ts";
import type { BranchProgress } from "../../api/types.ts";
import type { MissedSubscriber } from "../../events/eventSummary.ts";
import {
  type BranchState,
  branchOf,
  type EventSummary,
  isUnreached,
  stateWords,
  summarize,
} from "../../events/eventSummary.ts";
import type { SystemShape } from "../../systems/systemShape.ts";
import { type Child, h } from "../element.ts";
import { branchName, outcomes } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { after, exactTime, pretty } from "../words.ts";
import { steps } from "./eventSteps.ts";
import { detailFrame, empty, facts, textBox } from "./frame.ts";
import { progressInWords } from "./progressWords.ts";
import { waterfallView } from "./waterfallView.ts";

const back = { href: linkTo("events"), name: "Events" };

/** The whole way of one event: what it is, who got it, who did not and why, step by step. */
export function eventView({ detail, overview, events }: State, id: string): HTMLElement {
  if (detail?.view !== "event") return detailFrame(back, "Event", empty("Looking for it …"));
  const { hops, missedSubscribers, progress, outcomes: done, causes, results } = detail;
  const [summary] = summarize(hops);
  const [first] = hops;
  if (summary === undefined || first === undefined) return forgotten(events.find(id), id);
  const systems = overview?.systems ?? [];
  const now = overview?.now ?? 0;
  const groups = Map.groupBy(hops, branchOf);
  const entrance = groups.get(undefined) ?? [];
  groups.delete(undefined);
  return detailFrame(
    back,
    summary.title || "(empty message)",
    isUnreached(summary) && h("p.alert", {}, "Nobody got it."),
    facts({
      "Came to": shortName(first.to),
      Began: exactTime(summary.startedAt),
      "Latest step": after(summary.latestAt - summary.startedAt),
      By: shortName(summary.by),
      Id: h("code", {}, id),
      "In the course of": causes.length > 0 && related(causes),
    }),
    payload(hops),
    entrance.length > 0 && steps(entrance, first),
    h("h3", {}, "Who got it"),
    h(
      "ul.outcomes",
      {},
      [...groups].map(([endpoint = "", own]) =>
        branch({
          name: branchName(systems, endpoint),
          state: summary.branches[endpoint] ?? "waiting",
          progress: progress[endpoint],
          done,
          now,
          hops: own,
          first,
        }),
      ),
      missedSubscribers.map((each) => missed(each, systems)),
    ),
    groups.size + missedSubscribers.length === 0 && nobody(summary),
    results.length > 0 && [h("h3", {}, "What came of it"), related(results)],
    waterfallView(detail.spans, id, now),
  );
}

/** Of an event whose steps the run has forgotten, the page may still know the outcome. */
function forgotten(known: EventSummary | undefined, id: string): HTMLElement {
  if (known === undefined) {
    return detailFrame(back, "Event", empty(`Nothing is known of ${id} any more.`));
  }
  return detailFrame(
    back,
    known.title,
    facts({
      Began: exactTime(known.startedAt),
      Id: h("code", {}, id),
      ...Object.fromEntries(
        Object.entries(known.branches).map(([endpoint, state]) => [
          shortName(endpoint),
          stateWords[state],
        ]),
      ),
    }),
    empty("Its steps are too long ago: the run no longer keeps them."),
  );
}

function nobody({ topics }: EventSummary): HTMLElement {
  return empty(topics.length > 0 ? "The topic has no subscriber." : "It went no further.");
}

/** Other events, each with what became of it. */
function related(events: readonly EventSummary[]): HTMLElement {
  return h(
    "ul.related",
    {},
    events.map(({ id, title }) =>
      h("li", { "data-key": id }, h("a", { href: linkTo("event", id) }, title)),
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

type Branch = {
  readonly name: string;
  readonly state: BranchState;
  readonly progress: BranchProgress | undefined;
  /** What handlers say that they did, by the id of the request. */
  readonly done: Readonly<Record<string, string>>;
  readonly now: number;
  readonly hops: readonly Hop[];
  readonly first: Hop;
};

function branch({ name, state, progress, done, now, hops, first }: Branch): HTMLElement {
  const { mark, tone } = outcomes[state];
  const behind = progress?.waiting?.behind;
  return h(
    "li",
    { "data-key": name },
    h(
      `p.outcome.${tone}`,
      {},
      h("span.mark", { "aria-hidden": "true" }, mark),
      h("strong", {}, name),
      h("span", {}, progressInWords(state, progress, now)),
      behind !== undefined && h("a", { href: linkTo("event", behind.event) }, "that message"),
    ),
    steps(hops, first, done),
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
