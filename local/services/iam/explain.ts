import type { AccessRequest, Principal } from "../../protocol/access.ts";
import { conditionHolds } from "./condition.ts";
import type { Policy } from "./policy.ts";
import { contextOf, type Found, type Mismatch, mismatches } from "./statementMatch.ts";

/** Explains why a call is denied: by which statement, or which statement comes nearest to allowing it. */
export function explainDenial(
  request: AccessRequest,
  policies: readonly Policy[],
  denial?: Found,
): string {
  const call = `${describe(request.principal)} may not ${request.action} on ${request.resource}`;
  if (denial) return `${call}: ${denial.statement.sid} in ${denial.policy.name} denies it`;
  const nearest = nearestAllow(request, policies);
  if (nearest === undefined) {
    if (policies.length === 0) return `${call}: neither the caller nor the resource has a policy`;
    const names = policies.map((policy) => policy.name).join(" and ");
    return `${call}: ${names} ${policies.length > 1 ? "have" : "has"} no statement for it`;
  }
  if (mismatches(nearest.statement, request).length === 0) {
    return `${call}: ${nearest.statement.sid} in ${nearest.policy.name} leaves it to the caller's own policies, and none allows it`;
  }
  return `${call}: no statement allows it; ${nearest.statement.sid} in ${nearest.policy.name} comes nearest, but its ${mismatchText(nearest, request)}`;
}

function nearestAllow(request: AccessRequest, policies: readonly Policy[]): Found | undefined {
  const candidates = policies.flatMap((policy) =>
    policy.statements
      .filter((statement) => statement.effect === "Allow")
      .map((statement) => ({ policy, statement, misses: mismatches(statement, request) })),
  );
  // A statement for another action explains nothing.
  return candidates
    .filter(({ misses }) => !misses.includes("action"))
    .sort((a, b) => a.misses.length - b.misses.length)[0];
}

function mismatchText({ statement }: Found, request: AccessRequest): string {
  const words: Readonly<Record<Mismatch, () => string>> = {
    principal: () => `Principal is ${principals(statement.principal)}`,
    action: () => `Action is ${statement.action.patterns.join(", ")}`,
    resource: () => `Resource is ${statement.resource?.patterns.join(", ")}`,
    condition: () =>
      statement.conditions
        .filter((condition) => !conditionHolds(condition, contextOf(request)))
        .map(
          ({ operator, key, values }) =>
            `Condition wants ${key} ${operator} ${values.join(" or ")} (given ${request.context[key] ?? "none"})`,
        )
        .join(" and "),
  };
  return mismatches(statement, request)
    .map((mismatch) => words[mismatch]())
    .join(", and its ");
}

function principals(element: Found["statement"]["principal"]): string {
  if (element === undefined) return "the role";
  const names = element.anyone ? ["*"] : [...element.aws, ...element.services];
  return `${element.not ? "not " : ""}${names.join(", ")}`;
}

export function describe(principal: Principal): string {
  switch (principal.kind) {
    case "account":
      return `account ${principal.account}`;
    case "role":
    case "user":
      return principal.arn;
    case "service":
      return principal.name;
    case "anonymous":
      return "an anonymous caller";
  }
}
