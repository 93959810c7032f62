import type { PropertyValue } from "../../pulumi/values/propertyValue.ts";
import type { Check } from "./field.ts";

export function range(lowest: number, highest: number): Check {
  return (value, property) =>
    typeof value === "number" && value >= lowest && value <= highest
      ? undefined
      : `expected ${property} to be in the range (${lowest} - ${highest}), got ${shown(value)}`;
}

export function oneOf(...values: readonly string[]): Check {
  return (value, property) =>
    typeof value === "string" && values.includes(value)
      ? undefined
      : `expected ${property} to be one of [${values.map((each) => `"${each}"`).join(" ")}], got ${shown(value)}`;
}

/** @param only what the local cloud can do, of all that AWS takes; none for an input that it cannot take at all */
export function onlyLocally(...only: readonly (string | boolean)[]): Check {
  const values = only.map((each) => JSON.stringify(each)).join(" or ");
  const rule = (property: string) =>
    values === "" ? `does not support ${property}` : `only supports ${property} ${values}`;
  return (value, property) =>
    only.some((each) => each === value)
      ? undefined
      : `the local cloud ${rule(property)}, got ${shown(value)}`;
}

export function beginsWith(prefix: string, words: string): Check {
  return (value, property) =>
    typeof value === "string" && value.startsWith(prefix)
      ? undefined
      : `${property} must be ${words}, got ${shown(value)}`;
}

/** @param part what the local cloud cannot do with a text that contains it */
export function without(part: string, words: string): Check {
  return (value, property) =>
    typeof value === "string" && value.includes(part)
      ? `the local cloud does not support ${words} in ${property}, got ${value}`
      : undefined;
}

function shown(value: PropertyValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
