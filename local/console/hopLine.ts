import { styleText } from "node:util";
import { remembered } from "../protocol/remembered.ts";
import type { Hop } from "../trace/hop.ts";
import { shortName } from "../trace/shortName.ts";

type Style = Parameters<typeof styleText>[0];

/** How each kind of hop is coloured: what goes well quietly, what goes wrong loudly. */
const styles: Readonly<Record<Hop["kind"], Style>> = {
  stored: "cyan",
  published: "cyan",
  queued: "dim",
  deduplicated: "yellow",
  filtered: "dim",
  denied: "red",
  refused: "red",
  retrying: "yellow",
  received: "dim",
  invoked: "dim",
  handled: "green",
  failed: "red",
  deadLettered: "magenta",
  dropped: "red",
  sent: "green",
};

/**
 * One hop in one line: `12:00:01.250Z 3f2a91 orders.fifo -> orders-inventory.fifo queued`.
 *
 * @param colours whether to colour it, for a terminal
 */
export function hopLine(hop: Hop, colours: boolean): string {
  const paint = colours ? painted : plain;
  const time = paint("dim", timeOfDay(hop.time));
  const event = paint("dim", hop.event.slice(0, 8));
  const kind = paint(styles[hop.kind], hop.kind.padEnd(12));
  const line = `${time}  ${event}  ${kind}  ${nameOf(hop.from)} -> ${nameOf(hop.to)}`;
  const more = detail(hop);
  return more === "" ? line : `${line}  ${paint("dim", more)}`;
}

function painted(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}

function plain(_style: Style, text: string): string {
  return text;
}

/** The latest second, which thousands of hops may share. */
let second = Number.NaN;
let secondOfDay = "";

/** `12:00:01.250Z`: UTC, as handlers log. */
function timeOfDay(time: number): string {
  if (Math.floor(time / 1000) !== second) {
    second = Math.floor(time / 1000);
    secondOfDay = new Date(time).toISOString().slice(11, 20);
  }
  return `${secondOfDay}${String(time - second * 1000).padStart(3, "0")}Z`;
}

/** A run has few resources, and many hops between them. */
const nameOf = remembered(5000, shortName);

/** What is particular to the hop. */
function detail(hop: Hop): string {
  switch (hop.kind) {
    case "stored":
      return `${hop.eventName} ${hop.key}`;
    case "published":
      return hop.body.length > 60 ? `${hop.body.slice(0, 57)}...` : hop.body;
    case "queued":
      return hop.delaySeconds > 0 ? `for ${hop.delaySeconds} s` : "";
    case "received":
      return hop.receiveCount > 1 ? `for the ${ordinal(hop.receiveCount)} time` : "";
    case "invoked":
      return hop.batchSize > 1 ? `in a batch of ${hop.batchSize}` : "";
    case "handled":
      return `${Math.round(hop.milliseconds)} ms`;
    case "retrying":
      return `at ${new Date(hop.at).toISOString().slice(11, 19)}Z: ${hop.reason}`;
    case "filtered":
    case "denied":
    case "refused":
    case "deadLettered":
    case "dropped":
      return hop.reason;
    case "failed":
      return hop.position === undefined ? hop.reason : `${hop.reason} (${hop.position})`;
    case "sent":
      return hop.summary;
    case "deduplicated":
      return "";
  }
}

function ordinal(number: number): string {
  const endings: Readonly<Record<string, string>> = {
    one: "st",
    two: "nd",
    few: "rd",
    other: "th",
  };
  return `${number}${endings[new Intl.PluralRules("en", { type: "ordinal" }).select(number)]}`;
}
