import { isObject } from "../jsonObject.ts";
import { type FilterPolicyScope, orBranches } from "./filterPolicy.ts";
import { compileTest, type Test } from "./operators.ts";
import { filterPolicyProblems } from "./validateFilterPolicy.ts";

/** A policy's condition on one field: one of the tests passes, or the field is absent where that is allowed. */
export type Condition = {
  /** The keys from the top, joined by dots: SNS matches `a.b` with `{a: {b}}` and with `{"a.b"}`. */
  readonly path: string;
  readonly tests: readonly Test[];
  readonly mayBeAbsent: boolean;
  /** The list in the policy, for explanations. */
  readonly asked: string;
};

/** Conditions that must all hold. */
export type Branch = readonly Condition[];

/** A policy as the alternatives that `$or` spans, one where there is none. */
export type CompiledFilterPolicy = {
  readonly scope: FilterPolicyScope;
  readonly branches: readonly Branch[];
};

/**
 * Compiles a policy so that many messages can be matched against it.
 *
 * @throws when the policy is invalid: it must never let a message through unseen
 */
export function compileFilterPolicy(
  policy: unknown,
  scope: FilterPolicyScope,
): CompiledFilterPolicy {
  const [problem] = filterPolicyProblems(policy, scope);
  if (problem !== undefined || !isObject(policy)) {
    throw new Error(
      `The filter policy ${JSON.stringify(policy)} is invalid: ${problem?.text} (at "${problem?.path}")`,
    );
  }
  return { scope, branches: branchesOf(policy, "") };
}

function branchesOf(policy: Readonly<Record<string, unknown>>, prefix: string): Branch[] {
  return Object.entries(policy)
    .map(([key, value]) => alternativesOf(key, value, prefix))
    .reduce<Branch[]>(
      (all, alternatives) =>
        all.flatMap((left) => alternatives.map((right) => [...left, ...right])),
      [[]],
    );
}

function alternativesOf(key: string, value: unknown, prefix: string): Branch[] {
  const branches = orBranches(key, value);
  if (branches !== undefined) return branches.flatMap((branch) => branchesOf(branch, prefix));
  if (isObject(value)) return branchesOf(value, `${prefix}${key}.`);
  return [[conditionOf(`${prefix}${key}`, Array.isArray(value) ? value : [])]];
}

function conditionOf(path: string, items: readonly unknown[]): Condition {
  return {
    path,
    tests: items.map(compileTest),
    mayBeAbsent: items.some((item) => isObject(item) && item.exists === false),
    asked: JSON.stringify(items),
  };
}
