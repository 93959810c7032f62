import { account } from "../../arn.ts";
import { PolicyError, parsePolicy } from "./policy.ts";
import { mismatches } from "./statementMatch.ts";

/** What a policy document says of a call: a Deny wins, and `none` is neither. */
export type DocumentDecision = "Allow" | "Deny" | "none" | "invalid";

/** Decides a call by one document alone, such as an authorizer of API Gateway returns. */
export function decideByDocument(
  document: unknown,
  action: string,
  resource: string,
): DocumentDecision {
  const principal = { kind: "account", account } as const;
  try {
    const { statements } = parsePolicy("the authorizer's policy", document);
    const effects = statements
      .filter((each) => mismatches(each, { principal, action, resource, context: {} }).length === 0)
      .map(({ effect }) => effect);
    return effects.includes("Deny") ? "Deny" : effects.includes("Allow") ? "Allow" : "none";
  } catch (error) {
    if (error instanceof PolicyError) return "invalid";
    throw error;
  }
}
