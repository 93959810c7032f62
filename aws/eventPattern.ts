import { isObject } from "./filterPolicy/filterPolicy.ts";
import { matchValueProblems } from "./filterPolicy/matchValue.ts";
import { compileTest, type Test } from "./filterPolicy/operators.ts";

/** A pattern's demands on a JSON value. */
export type PatternMatcher = (value: unknown) => boolean;

export class PatternError extends Error {}

/**
 * Compiles a pattern of EventBridge's, which Lambda's event filters are as well: `{ "source": ["orders"] }`.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * @param unsupported operators that the caller's service does not have
 * @throws PatternError
 */
export function compilePattern(
  pattern: unknown,
  unsupported: readonly string[] = [],
): PatternMatcher {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new PatternError(`expected an object with keys, given ${JSON.stringify(pattern)}`);
  }
  const matchers = Object.entries(pattern).map(([key, value]) =>
    compileKey(key, value, unsupported),
  );
  const matchesAll: PatternMatcher = (value) => matchers.every((matches) => matches(value));
  // All the keys below a list must be found in one and the same element.
  return (value) => (Array.isArray(value) ? value.some(matchesAll) : matchesAll(value));
}

function compileKey(key: string, value: unknown, unsupported: readonly string[]): PatternMatcher {
  if (key === "$or" && Array.isArray(value) && value.every(isObject)) {
    const branches = value.map((each) => compilePattern(each, unsupported));
    return (object) => branches.some((matches) => matches(object));
  }
  const matches = Array.isArray(value)
    ? compilePatternValues(value, unsupported)
    : compilePattern(value, unsupported);
  return (object) => matches(isObject(object) ? object[key] : undefined);
}

/** The values that a field may have, as a pattern lists them. @throws PatternError */
export function compilePatternValues(
  items: readonly unknown[],
  unsupported: readonly string[] = [],
): PatternMatcher {
  const problems =
    items.length === 0
      ? ["an empty list"]
      : items.flatMap((item) => valueProblems(item, unsupported));
  if (problems[0] !== undefined) throw new PatternError(problems[0]);
  const tests: readonly Test[] = items.map(compileTest);
  const mayBeAbsent = items.some((item) => isObject(item) && item.exists === false);
  return (value) => {
    const leaves = leavesOf(value);
    if (leaves.length === 0) return mayBeAbsent;
    return leaves.some((leaf) => tests.some((fits) => fits(leaf)));
  };
}

function valueProblems(item: unknown, unsupported: readonly string[]): string[] {
  const operator = isObject(item) ? Object.keys(item)[0] : undefined;
  return operator !== undefined && unsupported.includes(operator)
    ? [`Unrecognized match type ${operator}`]
    : matchValueProblems(item);
}

function leavesOf(value: unknown): (string | number | boolean | null)[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (value === null || typeof value === "string") return [value];
  return typeof value === "number" || typeof value === "boolean" ? [value] : [];
}
