import type { Tone } from "./dot.ts";

const timers = new WeakMap<Element, number>();

/**
 * Lights an element up for a while, by its attribute `data-lit`. What is lit all the time costs the browser nothing,
 * unlike an animation that begins again and again.
 */
export function light(element: Element, tone: Tone, milliseconds: number): void {
  clearTimeout(timers.get(element));
  if (element.getAttribute("data-lit") !== tone) element.setAttribute("data-lit", tone);
  timers.set(
    element,
    window.setTimeout(() => element.removeAttribute("data-lit"), milliseconds),
  );
}
