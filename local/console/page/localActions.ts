import type { State } from "./state.ts";

/** What buttons do that only concerns what is shown, by their `data-action`. */
const actions: Readonly<
  Record<string, (state: State, values: Readonly<DOMStringMap>, isOpen: boolean) => void>
> = {
  "toggle-system": ({ systemOpen }, { system = "" }, isOpen) => {
    systemOpen.set(system, !isOpen);
  },
  "open-systems": (state) => setAll(state, true),
  "close-systems": (state) => setAll(state, false),
};

function setAll({ overview, systemOpen }: State, isOpen: boolean): void {
  for (const { name } of overview?.systems ?? []) systemOpen.set(name, isOpen);
}

/** Does what a button says, if that is known here. */
export function showOtherwise(state: State, button: HTMLElement): void {
  const { action = "" } = button.dataset;
  if (!Object.hasOwn(actions, action)) return;
  actions[action]?.(state, button.dataset, button.getAttribute("aria-expanded") === "true");
}
