import { h } from "../element.ts";
import type { State } from "../state.ts";

/** Which events are listed. The choice is kept in the state; the fields are made once, so that typing is not disturbed. */
export function eventFilters({ overview, eventChoice }: State): HTMLElement {
  const systems = (overview?.systems ?? []).map(({ name }) => name);
  const { system, outcome, text, everything } = eventChoice;
  return h(
    "div.filters",
    { "data-key": `filters ${systems.join()}`, role: "search", "aria-label": "Events" },
    h("input.search", {
      type: "search",
      "data-filter": "text",
      "data-key": "text",
      "aria-label": "Search events by id, text or key",
      placeholder: "Id, text, key …",
      autocomplete: "off",
      value: text,
    }),
    choice(
      "system",
      "System",
      [["", "all"], ...systems.map((name) => [name, name] as const)],
      system,
    ),
    choice(
      "outcome",
      "Outcome",
      [
        ["all", "any"],
        ["open", "under way"],
        ["trouble", "trouble"],
      ],
      outcome,
    ),
    h(
      "label.choice",
      {
        title:
          "Test events, files of the program, and what functions wrote: an event's page names those",
      },
      h("input", { type: "checkbox", "data-filter": "everything", checked: everything }),
      h("span", {}, "Also results and files"),
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
