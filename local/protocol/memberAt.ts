/**
 * The part of a JSON value that names and indexes lead to. Only what stands in the JSON is found: neither
 * what JavaScript's objects inherit (`constructor`) nor the `length` of an array.
 *
 * @param names `["orders", "0", "sku"]`; none for the whole value
 * @returns undefined when they lead nowhere
 */
export function memberAt(value: unknown, names: Iterable<string>): unknown {
  let part = value;
  for (const name of names) {
    if (typeof part !== "object" || part === null) return undefined;
    part = Object.getOwnPropertyDescriptor(part, name)?.enumerable
      ? Reflect.get(part, name)
      : undefined;
  }
  return part;
}
