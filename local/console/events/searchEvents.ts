import type { Hop } from "../../trace/hop.ts";

/** The most events that a search finds. */
const mostFound = 500;

/**
 * The ids of the latest events that have the text in an id, a message, an attribute, a key or a reason, in any
 * case; the latest first.
 */
export function searchEvents(hops: readonly Hop[], text: string): string[] {
  const wanted = text.toLowerCase();
  const found = new Set<string>();
  for (const hop of hops.toReversed()) {
    if (found.size === mostFound) break;
    if (!found.has(hop.event) && contains(hop, wanted)) found.add(hop.event);
  }
  return [...found];
}

function contains({ event, ...hop }: Hop, wanted: string): boolean {
  const { sequence: _, time: __, causes: ___, ...others } = hop;
  const texts = [event, ...Object.values(others).filter((value) => typeof value === "string")];
  const attributes = "attributes" in hop ? Object.entries(hop.attributes ?? {}) : [];
  const named = attributes.flatMap(([name, { stringValue = "" }]) => [name, stringValue]);
  return [...texts, ...named].some((value) => value.toLowerCase().includes(wanted));
}
