import { focusHeading } from "./focus.ts";
import { linkTo, type Route } from "./route.ts";

/**
 * Closes the innermost thing that is open where the focus is: leaves a field, folds a message in, goes from a detail
 * to its list and from a list to the systems. A search that has a text is emptied by the browser.
 */
export function closeInnermost({ target }: KeyboardEvent, route: Route, panel: HTMLElement): void {
  if (target instanceof HTMLSelectElement) return;
  if (target instanceof HTMLInputElement && target.type === "search" && target.value !== "") return;
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    focusHeading(panel);
    return;
  }
  const unfolded = target instanceof Element ? target.closest("details[open]") : null;
  if (unfolded instanceof HTMLDetailsElement) {
    unfolded.open = false;
    unfolded.querySelector("summary")?.focus();
    return;
  }
  const back = panel.querySelector(".back a")?.getAttribute("href");
  if ("id" in route) location.hash = back ?? linkTo("systems");
  else if (route.view !== "systems") location.hash = linkTo("systems");
}
