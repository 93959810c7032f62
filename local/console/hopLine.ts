import { styleText } from "node:util";
import type { Hop } from "../trace/hop.ts";
import { shortName } from "./shortName.ts";

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
 * One hop in one line: `12:00:01.250 3f2a91 orders.fifo -> orders-inventory.fifo queued`.
 *
 * @param colours whether to colour it, for a terminal
 */
export function hopLine(hop: Hop, colours: boolean): string {
  const time = new Date(hop.time).toISOString().slice(11, 23);
  const way = `${nameOf(hop.from)} -> ${nameOf(hop.to)}`;
  const kind = hop.kind.padEnd(12);
  const paint = (style: Style, text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const more = detail(hop);
  const line = [
    paint("dim", time),
    paint("dim", hop.event.slice(0, 8)),
    paint(styles[hop.kind], kind),
    way,
    ...(more === "" ? [] : [paint("dim", more)]),
  ];
  return line.join("  ");
}

/** A run has few resources, and many hops between them. */
const names = new Map<string, string>();
const mostNames = 5000;

function nameOf(arnOrAddress: string): string {
  const known = names.get(arnOrAddress);
  if (known !== undefined) return known;
  const name = shortName(arnOrAddress);
  if (names.size >= mostNames) names.clear();
  names.set(arnOrAddress, name);
  return name;
}

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
      return `at ${new Date(hop.at).toISOString().slice(11, 19)}: ${hop.reason}`;
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
