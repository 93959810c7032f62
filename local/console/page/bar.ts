import { queuePlace } from "../systems/systemShape.ts";
import { h } from "./element.ts";
import { listable } from "./eventChoice.ts";
import { linkTo, type Route } from "./route.ts";
import type { State } from "./state.ts";
import { timeElement } from "./timeElement.ts";
import { heldLetters } from "./views/lettersView.ts";
import { timeOfDay } from "./words.ts";

/** The head of the page: where one is, the lists, and whether all of it is up to date. */
export function bar(state: State): HTMLElement {
  const { overview } = state;
  const connection = state.reached ? state.stream : "lost";
  return h(
    "div",
    {},
    h(
      "div.brand",
      {},
      h("h1", {}, "Fanout"),
      overview !== undefined &&
        h("span.quiet", {}, [overview.stack, overview.region, ...overview.modes].join(" · ")),
    ),
    h("nav", { "aria-label": "Lists" }, tabs(state)),
    h(
      "p.connection",
      { "data-state": connection },
      h("span", { role: "status" }, said[connection]),
      // Not a status: screen readers would announce the time every other second.
      connection === "live" &&
        overview !== undefined &&
        timeElement(overview.now, `${timeOfDay(overview.now)} UTC`, "The cloud's clock: "),
    ),
  );
}

const said: Readonly<Record<State["stream"], string>> = {
  connecting: "Connecting …",
  live: "",
  lost: "No connection: is the local run still up?",
};

function tabs(state: State): HTMLElement[] {
  const { overview } = state;
  return [
    tab(state, "systems", "Systems", undefined),
    tab(state, "events", "Events", listable(state)),
    tab(state, "failures", "Failures", overview?.failures, true),
    tab(state, "letters", "Dead letters", overview && heldLetters(overview), true),
    tab(state, "stored", "Stored", undefined),
    tab(state, "outbox", "Outbox", overview?.outbox),
  ];
}

/** The list that a detail belongs to. */
const listOf: Readonly<Record<Route["view"], Route["view"]>> = {
  systems: "systems",
  events: "events",
  event: "events",
  failures: "failures",
  invocation: "failures",
  stored: "stored",
  bucket: "stored",
  object: "stored",
  table: "stored",
  stream: "stored",
  letters: "letters",
  queue: "letters",
  outbox: "outbox",
  topic: "systems",
  function: "systems",
  address: "systems",
  trigger: "systems",
};

function currentList({ route, overview }: State): Route["view"] {
  const isWork =
    route.view === "queue" && queuePlace(overview?.systems ?? [], route.id)?.role === "work";
  return isWork ? "systems" : listOf[route.view];
}

function tab(
  state: State,
  view: Route["view"],
  name: string,
  number: number | undefined,
  alarming = false,
): HTMLElement {
  const here = currentList(state) === view;
  return h(
    `a.tab.tab-${view}`,
    { href: linkTo(view), ...(here && { "aria-current": "page" }), "data-key": view },
    name,
    number !== undefined &&
      number > 0 &&
      h("span.number", { "data-tone": alarming ? "bad" : undefined }, number.toLocaleString("en")),
  );
}
