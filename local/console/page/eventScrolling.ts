import type { State } from "./state.ts";
import { rowHeight } from "./views/eventList.ts";

/** Tells the state which part of the list of events is seen. @returns whether that is another than before */
export function readScroll(state: State, panel: HTMLElement): boolean {
  const list = panel.querySelector("ol.events");
  if (list === null) return false;
  const { eventScroll, events } = state;
  const top = Math.max(0, viewTop(panel) - list.getBoundingClientRect().top);
  const isAtTop = top < rowHeight;
  const held = isAtTop ? undefined : (eventScroll.held ?? events.listedSize);
  const isSame =
    held === eventScroll.held &&
    Math.floor(top / rowHeight) === Math.floor(eventScroll.top / rowHeight) &&
    eventScroll.height === innerHeight;
  if (!isSame) state.eventScroll = { top, height: innerHeight, held };
  return !isSame;
}

/** Where what is seen of the panel begins: it scrolls by itself beside the systems, else with the page. */
function viewTop(panel: HTMLElement): number {
  return isOneColumn() ? 0 : panel.getBoundingClientRect().top;
}

/** Back to the latest events. */
export function scrollToLatest(state: State, panel: HTMLElement): void {
  state.eventScroll = { ...state.eventScroll, top: 0, held: undefined };
  if (isOneColumn()) scrollTo({ top: 0 });
  else panel.scrollTo({ top: 0 });
}

/** As in the style sheet of the columns. */
const narrow = matchMedia("(max-width: 62.49rem)");

/** Whether the panel takes the whole page, which scrolls then. */
export function isOneColumn(): boolean {
  return narrow.matches;
}
