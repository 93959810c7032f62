import { AwsError } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";

/**
 * The part of a list that a call asks for with `MaxItems` and `Marker`.
 *
 * @param largest how many items AWS gives at once
 * @returns the items, and the marker of the next part where there is one
 */
export function page<T>(call: Call, items: readonly T[], largest: number) {
  const start = numberOf(call, "Marker", 0);
  const end = start + Math.min(numberOf(call, "MaxItems", largest), largest);
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { NextMarker: String(end) } : {}),
  };
}

function numberOf({ query }: Call, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (/^\d+$/.test(text)) return Number(text);
  throw new AwsError("InvalidParameterValueException", `Invalid ${name}: "${text}".`);
}
