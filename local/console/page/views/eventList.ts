import {
  type BranchState,
  type EventSummary,
  isUnreached,
  stateWords,
} from "../../events/eventSummary.ts";
import { h } from "../element.ts";
import { isAnyEvent, listable } from "../eventChoice.ts";
import { branchName, outcomes, systemOf } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { timeElement } from "../timeElement.ts";
import { count, listedTime } from "../words.ts";
import { eventFilters } from "./eventFilters.ts";
import { empty, frame } from "./frame.ts";

/** In pixels; the style sheet has it, too. */
export const rowHeight = 58;

/** Rows that are drawn above and below those that are seen. */
const spare = 5;

/** The events, the latest first, each with what became of it at every consumer. Only those that are seen are drawn. */
export function eventList(state: State): HTMLElement {
  const { events, eventScroll } = state;
  const total = events.listedSize;
  const held = eventScroll.held ?? total;
  // Events that began after the reader left the top wait above the list.
  const fresh = Math.max(0, total - held);
  const size = total - fresh;
  const first = Math.max(0, Math.floor(eventScroll.top / rowHeight) - spare);
  const last = Math.min(
    size,
    Math.ceil((eventScroll.top + eventScroll.height) / rowHeight) + spare,
  );
  const places = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  return frame(
    "Events",
    eventFilters(state),
    progress(state),
    events.size > 0 && h("p.quiet.listed", { "data-key": "listed" }, listedWords(state)),
    fresh > 0 &&
      h(
        "button.fresh",
        { type: "button", "data-action": "to-latest" },
        `${count(fresh, "new event")}: show`,
      ),
    total === 0
      ? empty(nothing(state))
      : h(
          "ol.events",
          { style: { height: `${size * rowHeight}px` }, "data-key": "events" },
          places.map((place) => {
            const event = events.listedAt(size - 1 - place);
            return event === undefined ? [] : row(state, event, place, size);
          }),
        ),
  );
}

/** `3 of 17 events · 28 results and files are folded away` */
function listedWords(state: State): string {
  const { events, eventChoice } = state;
  const { asideSize: aside } = events;
  // A search finds those that are folded away, too.
  const isAll = eventChoice.everything || eventChoice.text.trim() !== "";
  const all = count(isAll ? events.size : listable(state), "event");
  const found = events.listedSize.toLocaleString("en");
  return [
    isAnyEvent(eventChoice) ? all : `${found} of ${all}`,
    !isAll &&
      aside > 0 &&
      `${count(aside, "result or file is", "results and files are")} folded away`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What the search through messages is doing, where the list already has events. */
function progress({ search, events }: State): HTMLElement | undefined {
  const { isUnderWay, problem } = search;
  if (problem !== undefined) return h("p.alert", { "data-key": "search" }, problem);
  return isUnderWay && events.listedSize > 0
    ? h("p.searching", { role: "status", "data-key": "search" }, "Searching the messages …")
    : undefined;
}

function nothing({ events, search }: State): string {
  if (events.size === 0) {
    return "Nothing has happened yet. Publish a message, or drop a file on a bucket.";
  }
  return events.isChoosing || search.isUnderWay
    ? "Looking through the events …"
    : "No event fits this choice.";
}

function row({ overview }: State, event: EventSummary, place: number, size: number): HTMLElement {
  const systems = overview?.systems ?? [];
  const system = systemOf(systems, event.topics[0] ?? event.entry)?.name;
  const branches = Object.entries(event.branches);
  return h(
    "li",
    {
      "data-key": event.id,
      "aria-setsize": size,
      "aria-posinset": place + 1,
      style: { top: `${place * rowHeight}px` },
    },
    h(
      "a.event",
      { href: linkTo("event", event.id) },
      h(
        "span.event-head",
        {},
        h("span.event-title", {}, event.title === "" ? "(empty message)" : event.title),
        timeElement(event.startedAt, listedTime(event.startedAt, overview?.now)),
      ),
      h(
        "span.event-branches",
        {},
        system !== undefined && h("span.event-system", {}, system),
        isUnreached(event) && h("span.branch.bad", {}, "nobody got it"),
        branches.map(([endpoint, outcome]) => branch(branchName(systems, endpoint), outcome)),
      ),
    ),
  );
}

function branch(name: string, state: BranchState): HTMLElement {
  const { mark, tone } = outcomes[state];
  const word = stateWords[state];
  return h(
    `span.branch.${tone}`,
    { title: word },
    h("span.mark", { "aria-hidden": "true" }, mark),
    name,
    h("span.unseen", {}, `: ${word}`),
  );
}
