import { isObject } from "../jsonObject.ts";
import { orBranches } from "./filterPolicy.ts";

type Policy = Readonly<Record<string, unknown>>;

/**
 * How many combinations of values SNS counts in a policy: over all keys the product of the number of
 * values and the depth of the key, where the branches of a `$or` are added up.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function combinations(policy: Policy, depth = 1): number {
  return Object.entries(policy)
    .map(([key, value]) => keyCombinations(key, value, depth))
    .reduce((product, factor) => product * factor, 1);
}

function keyCombinations(key: string, value: unknown, depth: number): number {
  const branches = orBranches(key, value);
  if (branches !== undefined) return sum(branches.map((branch) => combinations(branch, depth)));
  if (isObject(value)) return combinations(value, depth + 1);
  return Array.isArray(value) ? value.length * depth : 1;
}

/**
 * The points that SNS gives a policy's wildcards: in each key's list a pattern with one `*` counts 1,
 * with more of them 3 for each; the sum is multiplied by the number of patterns in the list.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
 */
export function wildcardPoints(policy: Policy): number {
  return sum(Object.entries(policy).map(([key, value]) => keyWildcardPoints(key, value)));
}

function keyWildcardPoints(key: string, value: unknown): number {
  const branches = orBranches(key, value);
  if (branches !== undefined) return sum(branches.map(wildcardPoints));
  if (isObject(value)) return wildcardPoints(value);
  if (!Array.isArray(value)) return 0;
  const patterns = value.flatMap(wildcardOf).map(countWildcards);
  return sum(patterns.map((count) => (count > 1 ? 3 * count : count))) * patterns.length;
}

function wildcardOf(value: unknown): string[] {
  if (!isObject(value)) return [];
  const { wildcard, "anything-but": inverse } = value;
  if (typeof wildcard === "string") return [wildcard];
  return isObject(inverse) ? wildcardOf(inverse) : [];
}

/** The `*` in a wildcard pattern that are not escaped. */
export function countWildcards(pattern: string): number {
  return pattern.replace(/\\./gs, "").split("*").length - 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
