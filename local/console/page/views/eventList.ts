import type { BranchState, EventSummary } from "../../events/eventSummary.ts";
import { h } from "../element.ts";
import { branchName, outcomes, systemOf } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { timeOfDay } from "../words.ts";
import { empty, frame } from "./frame.ts";

/** How many events are listed. */
const mostListed = 100;

/** The latest events, the latest first, each with what became of it at every consumer. */
export function eventList(state: State): HTMLElement {
  const chosen = [...state.events.values()].filter((event) => isChosen(state, event));
  const latest = chosen.slice(-mostListed).reverse();
  return frame(
    "Events",
    filters(state),
    latest.length > 0
      ? h(
          "ol.events",
          {},
          latest.map((event) => entry(state, event)),
        )
      : empty(
          state.events.size === 0
            ? "Nothing has happened yet. Publish a message, or drop a file on a bucket."
            : "No event fits this choice.",
        ),
    chosen.length > latest.length &&
      h("p.quiet", {}, `The latest ${latest.length} of ${chosen.length} are listed.`),
  );
}

/** Which events are listed: of which system, and with what outcome. The choice is kept in the state. */
function filters({ overview, eventFilter }: State): HTMLElement {
  const systems = (overview?.systems ?? []).map(({ name }) => name);
  return h(
    "div.filters",
    { "data-key": `filters ${systems.join()}` },
    choice(
      "system",
      "Of",
      [["", "all systems"], ...systems.map((name) => [name, name] as const)],
      eventFilter.system,
    ),
    choice(
      "outcome",
      "That",
      [
        ["all", "went any way"],
        ["open", "are under way"],
        ["trouble", "met trouble"],
      ],
      eventFilter.outcome,
    ),
  );
}

function choice(
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
): HTMLElement {
  return h(
    "label.choice",
    {},
    h("span", {}, label),
    h(
      "select",
      { "data-filter": name },
      options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
    ),
  );
}

function isChosen({ overview, eventFilter }: State, event: EventSummary): boolean {
  const { system, outcome } = eventFilter;
  const states = Object.values(event.branches);
  const fits =
    outcome === "all" ||
    states.some((each) => outcomes[each].tone === (outcome === "open" ? "open" : "bad"));
  if (!fits || system === "") return fits;
  const systems = overview?.systems ?? [];
  return [event.entry, ...event.topics].some((arn) => systemOf(systems, arn)?.name === system);
}

function entry({ overview }: State, event: EventSummary): HTMLElement {
  const systems = overview?.systems ?? [];
  const system = systemOf(systems, event.topics[0] ?? event.entry)?.name;
  return h(
    "li",
    { "data-key": event.id },
    h(
      "a.event",
      { href: linkTo("event", event.id) },
      h(
        "span.event-head",
        {},
        h("span.event-title", {}, event.title === "" ? "(empty message)" : event.title),
        h("time", {}, timeOfDay(event.startedAt)),
      ),
      h(
        "span.event-branches",
        {},
        system !== undefined && h("span.event-system", {}, system),
        Object.entries(event.branches).map(([endpoint, outcome]) =>
          branch(branchName(systems, endpoint), outcome),
        ),
      ),
    ),
  );
}

function branch(name: string, state: BranchState): HTMLElement {
  const { word, mark, tone } = outcomes[state];
  return h(
    `span.branch.${tone}`,
    { title: word },
    h("span.mark", { "aria-hidden": "true" }, mark),
    name,
    h("span.unseen", {}, `: ${word}`),
  );
}
