import { isObject } from "../jsonObject.ts";
import { wildcardPieces } from "./operators.ts";

/**
 * A text of an attribute as SNS compares it: with quotes and backslashes escaped, so that a policy has to
 * escape them twice.
 */
export function escapeLikeSns(text: string): string {
  return text.replace(/["\\]/g, "\\$&");
}

/**
 * The policy that SNS needs for attributes whose values are those of `policy`. A policy for the body needs
 * no such escape.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function escapeValues(policy: unknown): unknown {
  if (typeof policy === "string") return escapeLikeSns(policy);
  if (Array.isArray(policy)) return policy.map(escapeValues);
  if (!isObject(policy)) return policy;
  return Object.fromEntries(
    Object.entries(policy).map(([key, value]) => [
      key,
      key === "wildcard" && typeof value === "string" ? escapeWildcard(value) : escapeValues(value),
    ]),
  );
}

/** In a pattern, a backslash before `*` or a backslash stands for that character. */
function escapeWildcard(pattern: string): string {
  return wildcardPieces(pattern)
    .map((piece) => escapeLikeSns(piece).replace(/[\\*]/g, "\\$&"))
    .join("*");
}
