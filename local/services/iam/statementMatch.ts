import { arnParts } from "../../../aws/arn.ts";
import type { AccessRequest, Principal } from "../../protocol/access.ts";
import { type Context, conditionHolds } from "./condition.ts";
import { matchesArn, matchesPattern } from "./pattern.ts";
import type { NameElement, Policy, PolicyStatement, PrincipalElement } from "./policy.ts";

/** A statement with the policy it is in. */
export type Found = { readonly policy: Policy; readonly statement: PolicyStatement };

/** The elements of a statement that do not match a call: none if the statement applies. */
export type Mismatch = "principal" | "action" | "resource" | "condition";

/**
 * How a resource's policy names who calls: by itself, or by its account, which then leaves it to the
 * account's own policies.
 */
export type PrincipalMatch = "named" | "byAccount" | "none";

export function mismatches(statement: PolicyStatement, request: AccessRequest): Mismatch[] {
  const found: Mismatch[] = [];
  if (statement.principal && principalMatch(statement.principal, request.principal) === "none") {
    found.push("principal");
  }
  if (!matchesName(statement.action, request.action, matchesAction)) found.push("action");
  if (statement.resource && !matchesName(statement.resource, request.resource, matchesResource)) {
    found.push("resource");
  }
  if (!statement.conditions.every((condition) => conditionHolds(condition, contextOf(request)))) {
    found.push("condition");
  }
  return found;
}

export function principalMatch(element: PrincipalElement, principal: Principal): PrincipalMatch {
  const match = positiveMatch(element, principal);
  if (!element.not) return match;
  return match === "none" ? "named" : "none";
}

function positiveMatch(element: PrincipalElement, principal: Principal): PrincipalMatch {
  if (element.anyone) return "named";
  if (principal.kind === "anonymous") return "none";
  if (principal.kind === "service") {
    return element.services.includes(principal.name) ? "named" : "none";
  }
  const root = accountOf(principal);
  const byAccount = element.aws.some((each) => each === root || isRoot(each, root));
  if (principal.kind === "account") return byAccount ? "named" : "none";
  if (element.aws.includes(principal.arn)) return "named";
  return byAccount ? "byAccount" : "none";
}

function isRoot(arn: string, account: string): boolean {
  return new RegExp(`^arn:[\\w-]+:iam::${account}:root$`).test(arn);
}

/** The number of the account that a role or an owner belongs to. */
export function accountOf(principal: Principal): string {
  switch (principal.kind) {
    case "account":
      return principal.account;
    case "role":
    case "user":
      return arnParts(principal.arn).account;
    case "service":
    case "anonymous":
      return "";
  }
}

/** The call's condition keys, with those derived from the caller. */
export function contextOf({ principal, context }: AccessRequest): Context {
  return "arn" in principal ? { "aws:PrincipalArn": principal.arn, ...context } : context;
}

function matchesName(
  { not, patterns }: NameElement,
  text: string,
  matches: (pattern: string, text: string) => boolean,
): boolean {
  return not !== patterns.some((pattern) => matches(pattern, text));
}

function matchesAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}

function matchesResource(pattern: string, resource: string): boolean {
  return pattern === "*" || matchesArn(pattern, resource);
}
