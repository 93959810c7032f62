/** Reads from an API's input: a missing member, or one of another type, counts as empty. */

export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, name) => {
    return typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined;
  }, value);
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const text = member(value, ...path);
  return typeof text === "string" ? text : undefined;
}

export function textsAt(value: unknown, ...path: readonly string[]): string[] {
  const list = member(value, ...path);
  return Array.isArray(list) ? list.filter((text) => typeof text === "string") : [];
}
