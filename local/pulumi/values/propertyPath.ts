import { isList, isValueMap, Secret, type Value, type ValueMap } from "./value.ts";

/**
 * Parses a path of properties, as `ignoreChanges` and `replaceOnChanges` hold them: `tags.owner`,
 * `rules[0].ports["a b"]`; `*` in place of a name or an index stands for all.
 *
 * https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/
 *
 * @throws Error for a path that is not well formed
 */
export function parsePath(path: string): (string | number)[] {
  const steps: (string | number)[] = [];
  const pattern = /\.?(?:\[(?:"((?:[^"\\]|\\.)*)"|(\d+)|(\*))\]|([^.[\]]+))/gy;
  while (pattern.lastIndex < path.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(path);
    if (match === null) throw new Error(`property path "${path}" is malformed at position ${at}`);
    const [, quoted, index, star, name] = match;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(star ?? name ?? (quoted ?? "").replace(/\\(.)/g, "$1"));
  }
  return steps;
}

/** Whether a path, which may hold `*`, is the other one or leads to it. */
export function pathContains(
  path: readonly (string | number)[],
  other: readonly (string | number)[],
) {
  return (
    path.length <= other.length &&
    path.every((step, index) => step === "*" || step === other[index])
  );
}

/**
 * Sets what these paths name back to its old value: what was not there before goes, what was there and is
 * missing comes back.
 */
export function resetPaths(values: ValueMap, old: ValueMap, paths: readonly string[]): ValueMap {
  return paths.reduce<ValueMap>((reset, path) => {
    const next = resetValue(reset, old, parsePath(path));
    return isValueMap(next) ? next : reset;
  }, values);
}

function resetValue(
  value: Value | undefined,
  old: Value | undefined,
  [step, ...rest]: readonly (string | number)[],
): Value | undefined {
  if (step === undefined) return old;
  if (value instanceof Secret || old instanceof Secret) {
    const reset = resetValue(opened(value), opened(old), [step, ...rest]);
    return reset === undefined ? undefined : new Secret(reset);
  }
  if (isList(value) && isList(old)) return resetList(value, old, step, rest);
  if (isValueMap(value) && (isValueMap(old) || old === undefined)) {
    return resetMap(value, old ?? {}, step, rest);
  }
  if (value === undefined && isValueMap(old)) return resetMap({}, old, step, rest);
  return value;
}

function resetList(
  values: readonly Value[],
  old: readonly Value[],
  step: string | number,
  rest: readonly (string | number)[],
): Value {
  return values.map((value, index) =>
    (step === "*" || step === index) && index < old.length
      ? (resetValue(value, old[index], rest) ?? value)
      : value,
  );
}

function resetMap(
  values: ValueMap,
  old: ValueMap,
  step: string | number,
  rest: readonly (string | number)[],
): Value {
  const names =
    step === "*" ? new Set([...Object.keys(values), ...Object.keys(old)]) : [String(step)];
  const reset: Record<string, Value> = { ...values };
  for (const name of names) {
    const value = resetValue(values[name], old[name], rest);
    if (value === undefined) delete reset[name];
    else reset[name] = value;
  }
  return reset;
}

function opened(value: Value | undefined): Value | undefined {
  return value instanceof Secret ? value.value : value;
}
