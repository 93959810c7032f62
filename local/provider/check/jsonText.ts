import { isDeepStrictEqual } from "node:util";
import { isList, isMap, type PropertyValue } from "../../pulumi/values/propertyValue.ts";

/** A document as JSON text, with the keys of objects in order, as AWS's provider encodes it. */
export function jsonText(document: PropertyValue): string {
  return JSON.stringify(sorted(document));
}

/** The document in a JSON text; undefined for text that is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever asks reports it, with the property's path.
    return undefined;
  }
}

/** Whether two texts are the same document, whatever their spaces and the order of their keys. */
export function sameJson(a: string, b: string): boolean {
  if (a === b) return true;
  const document = parsedJson(a);
  return document !== undefined && isDeepStrictEqual(document, parsedJson(b));
}

function sorted(value: PropertyValue): PropertyValue {
  if (isList(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
