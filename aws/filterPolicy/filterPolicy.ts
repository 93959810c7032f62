import { isObject } from "../jsonObject.ts";
/** What a filter policy matches: the message's attributes, or its body as JSON. */
export type FilterPolicyScope = "MessageAttributes" | "MessageBody";

/**
 * A subscription's filter policy: a message passes when, for every key, at least one of the listed
 * values matches. Nested policies need the scope `MessageBody`.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export type FilterPolicy = {
  readonly [key: string]: readonly MatchValue[] | FilterPolicy | readonly FilterPolicy[];
};

/** A value that matches exactly, or an object with one operator. */
type MatchValue = string | number | boolean | null | MatchExpression;

type MatchExpression =
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly "equals-ignore-case": string }
  /** `*` stands for any text, at most three of them; `\*` for itself. */
  | { readonly wildcard: string }
  | { readonly "anything-but": AnythingBut }
  | { readonly numeric: NumericRange }
  | { readonly exists: boolean }
  /** An IPv4 or IPv6 network, for example `10.0.0.0/24`. */
  | { readonly cidr: string };

export type AnythingBut =
  | string
  | number
  | readonly string[]
  | readonly number[]
  | { readonly prefix: string }
  | { readonly wildcard: string };

export type NumericRange =
  | readonly ["=" | "<" | "<=" | ">" | ">=", number]
  | readonly [">" | ">=", number, "<" | "<=", number];

type Branch = Readonly<Record<string, unknown>>;

/**
 * The branches of a `$or`, or undefined where SNS reads `$or` as an ordinary key: it must be a list
 * of at least two objects, none of which has an operator's name as a key.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html
 */
export function orBranches(key: string, value: unknown): readonly Branch[] | undefined {
  if (key !== "$or" || !Array.isArray(value) || value.length < 2) return undefined;
  return value.every(isBranch) ? value : undefined;
}

function isBranch(value: unknown): value is Branch {
  return isObject(value) && !Object.keys(value).some((key) => reservedInOr.has(key));
}

const reservedInOr: ReadonlySet<string> = new Set([
  "equals-ignore-case",
  "prefix",
  "suffix",
  "anything-but",
  "exists",
  "wildcard",
  "numeric",
  "cidr",
  "exactly",
  "=",
  "<",
  "<=",
  ">",
  ">=",
]);
