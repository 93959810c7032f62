import type { Overview } from "../api/types.ts";
import type { SystemShape } from "../systems/systemShape.ts";
import { type Child, h } from "./element.ts";
import type { Path } from "./graph/path.ts";
import { systemCard } from "./graph/systemCard.ts";
import { systemTile } from "./graph/systemTile.ts";
import { systemOf } from "./names.ts";
import { linkTo, type Route } from "./route.ts";
import { marksOf } from "./trouble.ts";
import { count } from "./words.ts";

/** From so many systems on, they are closed until the reader opens them, or something leads to one. */
const many = 6;

export type SystemsShown = {
  readonly overview: Overview | undefined;
  readonly route: Route;
  readonly path: Path;
  /** In pixels, inside the padding. */
  readonly width: number;
  /** What the reader opened and closed, by name. */
  readonly open: ReadonlyMap<string, boolean>;
  /** A part of the names that are shown. */
  readonly text: string;
};

/** All systems: those that are open as graphs, the others as tiles, which together are a map of the whole. */
export function systemsView(shown: SystemsShown): HTMLElement {
  const { overview, text } = shown;
  if (overview === undefined) return h("div");
  const { systems, problems } = overview;
  const found = systems.filter((system) => hasText(system, text));
  return h(
    "div",
    {},
    problems.map((problem) => h("pre.problem", { role: "alert" }, problem)),
    systems.length === 0 && h("p.empty", {}, "There is no topic and no queue yet."),
    systems.length >= many && tools(shown, found, overview),
    unconfirmed(systems),
    overview.notFromProgram.length > 0 &&
      h(
        "p.pending",
        { "data-key": "not from the program" },
        `Made by clients, not by the program: ${overview.notFromProgram.join(", ")}.`,
      ),
    h(
      "div.systems",
      {},
      found.map((system) =>
        isOpen(system, shown)
          ? systemCard(system, overview, { ...shown, width: inner(shown.width) })
          : systemTile(system, overview),
      ),
    ),
  );
}

/** Whether a system is shown as a graph. */
export function isOpen(system: SystemShape, shown: Omit<SystemsShown, "text" | "width">): boolean {
  const { overview, open } = shown;
  const chosen = open.get(system.name);
  if (chosen !== undefined) return chosen;
  return (overview?.systems.length ?? 0) < many || isMeant(system, shown);
}

/** Whether what the panel shows belongs to it. */
function isMeant(
  system: SystemShape,
  { overview, route, path }: Pick<SystemsShown, "overview" | "route" | "path">,
) {
  const places = "id" in route ? [route.id, ...path.nodes.keys()] : [];
  return places.some((arn) => systemOf(overview?.systems ?? [], arn)?.name === system.name);
}

function hasText({ name, consumers, sources }: SystemShape, text: string): boolean {
  const names = [name, ...consumers.map((each) => each.name), ...sources.map((each) => each.name)];
  const wanted = text.trim().toLowerCase();
  return names.some((each) => each.toLowerCase().includes(wanted));
}

/** What is left of a card's width inside its padding and border. */
function inner(width: number): number {
  return Math.max(250, width - 42);
}

function tools(
  shown: SystemsShown,
  found: readonly SystemShape[],
  overview: Overview,
): HTMLElement {
  const inTrouble = found.filter((system) =>
    marksOf(system, overview).some(({ tone }) => tone === "bad"),
  );
  const anyOpen = found.some((system) => isOpen(system, shown));
  return h(
    "div.tools",
    { role: "search", "aria-label": "Systems", "data-key": "tools" },
    h("input.search", {
      type: "search",
      "data-filter": "systems",
      "data-key": "systems",
      "aria-label": "Find a system or a consumer",
      placeholder: "System or consumer …",
      autocomplete: "off",
    }),
    h(
      "p.quiet",
      {},
      count(found.length, "system"),
      inTrouble.length > 0 && h("strong.bad", {}, ` · ${inTrouble.length} in trouble`),
    ),
    h(
      "button",
      { type: "button", "data-action": anyOpen ? "close-systems" : "open-systems" },
      anyOpen ? "Close all" : "Open all",
    ),
  );
}

/** Subscriptions that deliver nothing until somebody confirms them. */
function unconfirmed(systems: readonly SystemShape[]): Child {
  const pending = systems.flatMap((system) =>
    system.consumers
      .filter(({ confirmed }) => !confirmed)
      .map((consumer) => ({ system, consumer })),
  );
  if (pending.length === 0) return undefined;
  return h(
    "p.pending",
    { "data-key": "pending" },
    `${count(pending.length, "subscription")} not confirmed, which get nothing: `,
    pending.map(({ system, consumer }, index) => [
      index > 0 && ", ",
      h(
        "a",
        { href: linkTo("address", consumer.subscriptionArn) },
        `${system.name} ${consumer.name}`,
      ),
    ]),
    ". The links to confirm are in the ",
    h("a", { href: linkTo("outbox") }, "outbox"),
    ".",
  );
}
