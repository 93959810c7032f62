import { h } from "./element.ts";
import { exactTime } from "./words.ts";

const local = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });

/** A time in a few letters, which shows all of it, and the reader's own time, to a pointer that rests on it. */
export function timeElement(time: number, text: string): HTMLElement {
  const whole = `${exactTime(time)}\nHere: ${local.format(time)}`;
  return h("time", { datetime: new Date(time).toISOString(), title: whole }, text);
}
