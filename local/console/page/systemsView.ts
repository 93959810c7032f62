import type { Overview } from "../api/types.ts";
import { h } from "./element.ts";
import { systemCard } from "./graph/systemCard.ts";
import type { Route } from "./route.ts";
import { heldLetters } from "./views/lettersView.ts";

/** From so many systems on, a list of them stands before the graphs. */
const many = 5;

/** All systems as graphs, one below the other. */
export function systemsView(
  overview: Overview | undefined,
  route: Route,
  width: number,
): HTMLElement {
  if (overview === undefined) return h("div");
  const { systems, problems } = overview;
  return h(
    "div",
    {},
    problems.map((problem) => h("pre.problem", { role: "alert" }, problem)),
    systems.length >= many && index(overview),
    systems.map((system) => systemCard(system, overview, { width: inner(width), route })),
  );
}

/** What is left of a card's width inside its padding and border. */
function inner(width: number): number {
  return Math.max(250, width - 42);
}

/** Leads to each system, and shows which of them have messages that went wrong. */
function index(overview: Overview): HTMLElement {
  return h(
    "nav.index",
    { "aria-label": "All systems" },
    overview.systems.map((system) => {
      const held = heldLetters(overview, system);
      return h(
        "button",
        { type: "button", "data-jump": `system-${system.name}` },
        system.name,
        held > 0 && h("span.number", { "data-tone": "bad" }, held.toLocaleString("en")),
      );
    }),
  );
}
