import { h } from "./element.ts";
import { systemCard } from "./graph/systemCard.ts";
import type { State } from "./state.ts";

/** From so many systems on, a list of them stands before the graphs. */
const many = 5;

/** All systems as graphs, one below the other. */
export function systemsView({ overview, route }: State, width: number): HTMLElement {
  if (overview === undefined) return h("div");
  const { systems, problems } = overview;
  return h(
    "div",
    {},
    problems.map((problem) => h("pre.problem", { role: "alert" }, problem)),
    systems.length >= many && index(systems.map(({ name }) => name)),
    systems.map((system) => systemCard(system, overview, { width: inner(width), route })),
  );
}

/** What is left of a card's width inside its margins. */
function inner(width: number): number {
  return Math.max(260, width - (width < 600 ? 34 : 50));
}

function index(names: readonly string[]): HTMLElement {
  return h(
    "nav.index",
    { "aria-label": "All systems" },
    names.map((name) => h("button", { type: "button", "data-jump": name }, name)),
  );
}
