import { matchesArn, matchesPattern } from "./pattern.ts";
import { type Condition, PolicyError } from "./policy.ts";

/** The values of a call's condition keys; a key may have several values. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

type Comparison = {
  readonly negated: boolean;
  readonly holds: (wanted: string, given: string) => boolean;
};

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: { negated: false, holds: (wanted, given) => wanted === given },
  StringNotEquals: { negated: true, holds: (wanted, given) => wanted === given },
  StringEqualsIgnoreCase: { negated: false, holds: sameIgnoringCase },
  StringNotEqualsIgnoreCase: { negated: true, holds: sameIgnoringCase },
  StringLike: { negated: false, holds: matchesPattern },
  StringNotLike: { negated: true, holds: matchesPattern },
  ArnEquals: { negated: false, holds: matchesArn },
  ArnNotEquals: { negated: true, holds: matchesArn },
  ArnLike: { negated: false, holds: matchesArn },
  ArnNotLike: { negated: true, holds: matchesArn },
  Bool: { negated: false, holds: sameIgnoringCase },
};

/**
 * Whether a condition holds for a call. The values of a condition are alternatives; a negated operator
 * holds when none of them does, and when the call has no such key.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 *
 * @throws PolicyError for an operator that is not known: it must not come out as "allowed"
 */
export function conditionHolds({ operator, key, values }: Condition, context: Context): boolean {
  const given = valuesOf(context, key);
  const { name, ifExists, quantifier } = parseOperator(operator);
  if (name === "Null") return values.includes(String(given.length === 0));
  const comparison = comparisons[name];
  if (comparison === undefined) {
    throw new PolicyError(`the condition operator ${operator} is not supported`);
  }
  const { negated, holds } = comparison;
  const passes = (value: string) => negated !== values.some((wanted) => holds(wanted, value));
  if (quantifier === "ForAllValues") return given.every(passes);
  if (given.length === 0) return quantifier === undefined && (ifExists || negated);
  // A negated comparison with one of several values must pass for each of them.
  return negated && quantifier === undefined ? given.every(passes) : given.some(passes);
}

function parseOperator(operator: string) {
  const [, quantifier, rest = operator] = /^(ForAnyValue|ForAllValues):(.*)$/.exec(operator) ?? [];
  const ifExists = rest.endsWith("IfExists");
  const name = ifExists ? rest.slice(0, -"IfExists".length) : rest;
  return { name, ifExists, quantifier };
}

/** Keys are case-insensitive. */
function valuesOf(context: Context, key: string): readonly string[] {
  const name = Object.keys(context).find((each) => each.toLowerCase() === key.toLowerCase());
  const value = name === undefined ? undefined : context[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function sameIgnoringCase(wanted: string, given: string): boolean {
  return wanted.toLowerCase() === given.toLowerCase();
}
