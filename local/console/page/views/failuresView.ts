import type { FailureView } from "../../api/types.ts";
import type { SystemShape } from "../../systems/systemShape.ts";
import { type Child, h } from "../element.ts";
import { branchName, linkOf, outcomes, shortPlace, systemOf } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { timeElement } from "../timeElement.ts";
import { count, listedTime } from "../words.ts";
import { button, empty, frame } from "./frame.ts";
import { progressInWords } from "./progressWords.ts";

type Systems = readonly SystemShape[];
type Branch = FailureView["branches"][number];

/** Every event that went wrong somewhere, one entry each whatever its tries; those alike are folded. */
export function failuresView({ detail, overview }: State): HTMLElement {
  if (detail?.view !== "failures") return frame("Failures", empty("Looking …"));
  const { failures } = detail;
  if (failures.length === 0) return frame("Failures", empty("Nothing has gone wrong."));
  const systems = overview?.systems ?? [];
  const now = overview?.now ?? 0;
  const open = failures.filter(({ recovered }) => !recovered);
  const recovered = failures.filter((failure) => failure.recovered);
  return frame(
    "Failures",
    open.length > 0 ? entries(open, systems, now) : empty("All that failed was handled later."),
    recovered.length > 0 &&
      h(
        "details.recovered",
        { "data-key": "recovered" },
        h(
          "summary",
          {},
          h("span.mark.good", { "aria-hidden": "true" }, "✓"),
          h("span.summary-text", {}, `${count(recovered.length, "event")} handled after a failure`),
        ),
        entries(recovered, systems, now),
      ),
    h("div.actions", {}, button("Mark all as seen", "clear-failures")),
  );
}

function entries(failures: readonly FailureView[], systems: Systems, now: number): HTMLElement {
  const alike = Map.groupBy(failures, signature);
  return h(
    "ol.failures",
    {},
    [...alike.values()].map(([latest, ...others]) =>
      latest === undefined ? [] : entry(latest, others, systems, now),
    ),
  );
}

/** Failures alike went wrong at the same places for the same reasons. */
function signature({ event, branches, recovered }: FailureView): string {
  const places = branches.map(({ endpoint, reason }) => `${endpoint} ${reason}`);
  return JSON.stringify([event.topics, recovered, places.sort()]);
}

function entry(
  failure: FailureView,
  others: readonly FailureView[],
  systems: Systems,
  now: number,
): HTMLElement {
  const { event, branches, recovered } = failure;
  const system = systemOf(systems, event.topics[0] ?? event.entry)?.name;
  return h(
    "li.failure",
    { "data-key": event.id },
    h(
      "p.event-head",
      {},
      h("a.failure-title", { href: linkTo("event", event.id) }, event.title || "(empty message)"),
      others.length > 0 && h("span.number", {}, `× ${others.length + 1}`),
      timeElement(event.startedAt, listedTime(event.startedAt, now)),
    ),
    h("p.quiet", {}, [system, headline(failure)].filter(Boolean).join(": ")),
    [...Map.groupBy(branches, ({ reason, position = "" }) => `${reason} ${position}`).values()].map(
      (same) => cause(same, systems, now, recovered),
    ),
    failure.missedSubscribers.map(({ endpoint, reason }) =>
      h("p.branch-line.quiet", {}, h("strong", {}, branchName(systems, endpoint)), ` ${reason}`),
    ),
    others.length > 0 && alikeList(others, now),
  );
}

function headline({ unreached, branches, missedSubscribers }: FailureView): string | undefined {
  if (!unreached) return undefined;
  return branches.length + missedSubscribers.length === 0
    ? "nobody got it, because the topic has no subscriber"
    : "nobody got it";
}

/** One reason, and where it was met. */
function cause(
  branches: readonly Branch[],
  systems: Systems,
  now: number,
  recovered: boolean,
): Child {
  const [first] = branches;
  if (first === undefined) return undefined;
  const { reason, position, requestId } = first;
  return h(
    "div.cause",
    {},
    branches.map((branch) => branchLine(branch, systems, now)),
    h(`p.reason${recovered ? "" : ".bad"}`, {}, reason),
    (position !== undefined || requestId !== undefined) &&
      h(
        "p.source",
        {},
        position !== undefined && h("code", {}, position),
        requestId !== undefined && h("a", { href: linkTo("invocation", requestId) }, "log"),
      ),
  );
}

function branchLine(branch: Branch, systems: Systems, now: number): HTMLElement {
  const { endpoint, state, from, to } = branch;
  const { mark, tone } = outcomes[state];
  const href = linkOf(endpoint);
  const name = branchName(systems, endpoint);
  return h(
    `p.branch-line.${tone}`,
    { title: `${shortPlace(from)} → ${shortPlace(to)}` },
    h("span.mark", { "aria-hidden": "true" }, mark),
    href === undefined ? h("strong", {}, name) : h("a", { href }, h("strong", {}, name)),
    h("span", {}, progressInWords(state, branch, now)),
    // From its own queue to its function is the usual place; any other is worth a line.
    from !== endpoint && h("span.hop.quiet", {}, `${shortPlace(from)} → ${shortPlace(to)}`),
  );
}

function alikeList(others: readonly FailureView[], now: number): HTMLElement {
  return h(
    "details",
    {},
    h("summary", {}, h("span.summary-text", {}, `${others.length} more like it`)),
    h(
      "ul.alike",
      {},
      others.map(({ event }) =>
        h(
          "li",
          { "data-key": event.id },
          h("a", { href: linkTo("event", event.id) }, event.title || "(empty message)"),
          timeElement(event.startedAt, listedTime(event.startedAt, now)),
        ),
      ),
    ),
  );
}
