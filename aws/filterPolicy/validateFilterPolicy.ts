import { isObject } from "../jsonObject.ts";
import { combinations, wildcardPoints } from "./complexity.ts";
import { type FilterPolicyScope, orBranches } from "./filterPolicy.ts";
import { matchValueProblems } from "./matchValue.ts";

/** A reason why SNS rejects a filter policy, in SNS's own words where they are known. */
export type FilterPolicyProblem = {
  /** Where it is, for example `Records.s3.object.key`; empty when it is about the whole policy. */
  readonly path: string;
  readonly text: string;
  /** What the policy has and what SNS allows, where its own words do not say it. */
  readonly detail?: string;
};

export const nestedInAttributes =
  "Filter policy scope MessageAttributes does not support nested filter policy";

const howCombinationsCount =
  "multiply the numbers of values in the lists of all keys, each times the depth of its key, and add up the branches of $or";

const maxKeys = 5;
const maxCombinations = 150;
const maxWildcardPoints = 100;
const maxBytes = 256 * 1024;

/**
 * Everything that SNS would refuse in a filter policy, each as one sentence with its place; an empty
 * list for a policy that SNS accepts.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function validateFilterPolicy(policy: unknown, scope: FilterPolicyScope): string[] {
  return filterPolicyProblems(policy, scope).map(({ path, text, detail }) => {
    const whole = detail === undefined ? text : `${text}: ${detail}`;
    return path === "" ? whole : `at "${path}": ${whole}`;
  });
}

/** The same problems in parts, in the order in which SNS meets them. */
export function filterPolicyProblems(
  policy: unknown,
  scope: FilterPolicyScope,
): FilterPolicyProblem[] {
  if (!isObject(policy)) return [{ path: "", text: "Filter is not an object" }];
  const malformed = Object.entries(policy).flatMap(([key, value]) => keyProblems(key, key, value));
  return [...malformed, ...limitProblems(policy, scope)];
}

function keyProblems(path: string, key: string, value: unknown): FilterPolicyProblem[] {
  const branches = orBranches(key, value);
  if (branches !== undefined) {
    return branches.flatMap((branch, index) => objectProblems(`${path}.${index}`, branch));
  }
  if (isObject(value)) return objectProblems(path, value);
  if (!Array.isArray(value)) return [{ path, text: `"${key}" must be an object or an array` }];
  if (value.length === 0) return [{ path, text: "Empty arrays are not allowed" }];
  return value.flatMap((item) => matchValueProblems(item)).map((text) => ({ path, text }));
}

function objectProblems(
  path: string,
  object: Readonly<Record<string, unknown>>,
): FilterPolicyProblem[] {
  const entries = Object.entries(object);
  if (entries.length === 0) return [{ path, text: "Empty objects are not allowed" }];
  return entries.flatMap(([key, value]) => keyProblems(`${path}.${key}`, key, value));
}

function limitProblems(
  policy: Readonly<Record<string, unknown>>,
  scope: FilterPolicyScope,
): FilterPolicyProblem[] {
  const bytes = Buffer.byteLength(JSON.stringify(policy));
  const keys = Object.keys(policy).length;
  const count = combinations(policy);
  const limits: [boolean, string, string?][] = [
    [scope === "MessageAttributes" && isNested(policy), nestedInAttributes],
    [keys > maxKeys, `Filter policy can not have more than ${maxKeys} keys`, `it has ${keys}`],
    [
      count > maxCombinations,
      "Filter policy is too complex",
      `${count} combinations, at most ${maxCombinations}; ${howCombinationsCount}`,
    ],
    [
      wildcardPoints(policy) > maxWildcardPoints,
      `Filter policy's wildcards are too complex: ${wildcardPoints(policy)} points, at most ${maxWildcardPoints}`,
    ],
    [bytes > maxBytes, `Filter policy is too long: ${bytes} bytes, at most ${maxBytes}`],
  ];
  return limits
    .filter(([broken]) => broken)
    .map(([, text, detail]) => ({ path: "", text, ...(detail !== undefined && { detail }) }));
}

function isNested(policy: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(policy).some(
    ([key, value]) => isObject(value) || orBranches(key, value)?.some(isNested),
  );
}
