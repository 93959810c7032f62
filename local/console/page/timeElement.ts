import { h } from "./element.ts";
import { exactTime } from "./words.ts";

const local = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });

/**
 * A time in a few letters, which shows all of it, and the reader's own time, to a pointer that rests on it.
 *
 * @param of what time it is, where that is not plain
 */
export function timeElement(time: number, text: string, of = ""): HTMLElement {
  const whole = `${of}${exactTime(time)}\nHere: ${local.format(time)}`;
  return h("time", { datetime: new Date(time).toISOString(), title: whole }, text);
}
