import type { Item } from "dynalite/db/index.js";
import { isObject } from "../../../aws/isObject.ts";

/** Reads of an input that has been checked, or is still to be: what is not of the shape is left out. */

export function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

export function recordIn(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const found = member(value, name);
  return isObject(found) ? found : {};
}

export function listIn(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}

export function itemIn(value: unknown, name: string): Item {
  return Object.fromEntries(
    Object.entries(recordIn(value, name)).flatMap(([attribute, content]) =>
      isObject(content) ? [[attribute, content]] : [],
    ),
  );
}
