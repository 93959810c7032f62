import type { AccessRequest, Decision, Principal } from "../../protocol/access.ts";
import { explainDenial } from "./explain.ts";
import type { Policy } from "./policy.ts";
import { accountOf, type Found, mismatches, principalMatch } from "./statementMatch.ts";

/** The policies that apply to a call. */
export type PoliciesInForce = {
  /** The caller's own: a role's or a user's. None for a service or the owner of an account. */
  readonly identity: readonly Policy[];
  /** The one that limits what the caller's own allow. @default no limit */
  readonly boundary?: Policy | undefined;
  /** That of the resource, where it has one. */
  readonly resource: Policy | undefined;
  /** The account that the resource belongs to. */
  readonly resourceAccount: string;
  /**
   * Keys of KMS and roles' trust leave nothing to the account's other policies unless their own policy
   * says so. @default false
   */
  readonly resourcePolicyDecides?: boolean;
};

/**
 * Decides a call as IAM does: a Deny anywhere wins; then within an account one Allow is enough, of the
 * caller's policies or of the resource's; from another account, or for a service, the resource's policy
 * must allow it, and for a role of another account its own policies too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, policies: PoliciesInForce): Decision {
  const { identity, boundary, resource } = policies;
  const all = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  const denial = find(all, request, "Deny");
  if (denial !== undefined) {
    return { allowed: false, reason: explainDenial(request, all, denial) };
  }
  if (isAllowed(request, policies)) return { allowed: true };
  return { allowed: false, reason: explainDenial(request, all) };
}

function isAllowed(request: AccessRequest, policies: PoliciesInForce): boolean {
  const { principal } = request;
  const grant = resourceGrant(request, policies.resource);
  if (isOutsider(principal)) return grant === "named";
  const own =
    principal.kind === "account" ||
    (find(policies.identity, request, "Allow") !== undefined && withinBoundary(request, policies));
  const sameAccount = accountOf(principal) === policies.resourceAccount;
  if (!sameAccount) return own && grant !== "none";
  if (policies.resourcePolicyDecides) return grant === "named" || (grant === "byAccount" && own);
  // What names a user goes beyond the user's boundary, what names a role does not.
  const named =
    grant === "named" && (principal.kind === "user" || withinBoundary(request, policies));
  return own || named;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function withinBoundary(request: AccessRequest, { boundary }: PoliciesInForce): boolean {
  return boundary === undefined || find([boundary], request, "Allow") !== undefined;
}

/** Whether the caller has no account whose policies could count: CloudFront's identities have none. */
function isOutsider(principal: Principal): boolean {
  if (principal.kind === "service" || principal.kind === "anonymous") return true;
  return principal.kind === "user" && accountOf(principal) === "cloudfront";
}

/** How the resource's policy allows the caller: by name, by its account, or not at all. */
function resourceGrant(request: AccessRequest, policy: Policy | undefined) {
  const grants = (policy?.statements ?? [])
    .filter(({ effect }) => effect === "Allow")
    .filter((statement) => mismatches(statement, request).length === 0)
    .map(({ principal }) => (principal ? principalMatch(principal, request.principal) : "none"));
  if (grants.includes("named")) return "named";
  return grants.includes("byAccount") ? "byAccount" : "none";
}

function find(
  policies: readonly Policy[],
  request: AccessRequest,
  effect: "Allow" | "Deny",
): Found | undefined {
  for (const policy of policies) {
    const statement = policy.statements.find(
      (each) => each.effect === effect && mismatches(each, request).length === 0,
    );
    if (statement !== undefined) return { policy, statement };
  }
  return undefined;
}
