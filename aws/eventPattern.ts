import { eventBridgeOperators, type PatternOperators } from "./eventPatternOperators.ts";
import { isObject } from "./jsonObject.ts";

/** A pattern's demands on a JSON value. */
export type PatternMatcher = (value: unknown) => boolean;

export class PatternError extends Error {}

/**
 * Compiles a pattern of EventBridge's, which Lambda's event filters are as well: `{ "source": ["orders"] }`.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * @throws PatternError in AWS's words where they are known
 */
export function compilePattern(
  pattern: unknown,
  operators: PatternOperators = eventBridgeOperators,
): PatternMatcher {
  if (!isObject(pattern)) throw new PatternError("Filter is not an object");
  if (Object.keys(pattern).length === 0) throw new PatternError("Empty objects are not allowed");
  const matchers = Object.entries(pattern).map(([key, value]) => compileKey(key, value, operators));
  const matchesAll: PatternMatcher = (value) => matchers.every((matches) => matches(value));
  // All the keys below a list must be found in one and the same element.
  return (value) => (Array.isArray(value) ? value.some(matchesAll) : matchesAll(value));
}

function compileKey(key: string, value: unknown, operators: PatternOperators): PatternMatcher {
  if (key === "$or" && Array.isArray(value) && value.every(isObject)) {
    const branches = value.map((each) => compilePattern(each, operators));
    return (object) => branches.some((matches) => matches(object));
  }
  if (!Array.isArray(value) && !isObject(value)) {
    throw new PatternError(`"${key}" must be an object or an array`);
  }
  const matches = Array.isArray(value)
    ? compilePatternValues(value, operators)
    : compilePattern(value, operators);
  return (object) => matches(isObject(object) ? fieldOf(object, key) : undefined);
}

/** A field by its key. Dots join keys: `a.b` is the field of `{ "a": { "b": 1 } }` and of `{ "a.b": 1 }`. */
function fieldOf(object: Readonly<Record<string, unknown>>, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key];
  for (const [name, value] of Object.entries(object)) {
    if (key.startsWith(`${name}.`) && isObject(value)) {
      return fieldOf(value, key.slice(name.length + 1));
    }
  }
  const joined = Object.entries(object).filter(([name]) => name.startsWith(`${key}.`));
  if (joined.length === 0) return undefined;
  return Object.fromEntries(joined.map(([name, value]) => [name.slice(key.length + 1), value]));
}

/** The values that a field may have, as a pattern lists them. @throws PatternError */
export function compilePatternValues(
  items: readonly unknown[],
  operators: PatternOperators = eventBridgeOperators,
): PatternMatcher {
  const [problem] =
    items.length === 0 ? ["Empty arrays are not allowed"] : items.flatMap(operators.problems);
  if (problem !== undefined) throw new PatternError(problem);
  const tests = items.map(operators.compile);
  const mayBeAbsent = items.some((item) => isObject(item) && item.exists === false);
  return (value) => {
    const leaves = leavesOf(value);
    if (leaves.length === 0) return mayBeAbsent;
    return leaves.some((leaf) => tests.some((fits) => fits(leaf)));
  };
}

function leavesOf(value: unknown): (string | number | boolean | null)[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (value === null || typeof value === "string") return [value];
  return typeof value === "number" || typeof value === "boolean" ? [value] : [];
}
