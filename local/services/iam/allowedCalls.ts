import type { AccessRequest } from "../../protocol/access.ts";
import type { PoliciesInForce } from "./evaluate.ts";
import type { Policy } from "./policy.ts";

/** Enough for every pair of resources of a large stack, and its functions' calls. */
const most = 5000;

/**
 * Remembers allowed calls together with the policies that allowed them. A call with the same principal, action,
 * resource and context is allowed again as long as the same policies are in force; a changed policy is another one.
 */
export class AllowedCalls {
  readonly #policies = new Map<string, PoliciesInForce>();

  has(request: AccessRequest, inForce: PoliciesInForce): boolean {
    const before = this.#policies.get(keyOf(request));
    return before !== undefined && areSame(before, inForce);
  }

  add(request: AccessRequest, inForce: PoliciesInForce): void {
    if (this.#policies.size >= most) this.#policies.clear();
    this.#policies.set(keyOf(request), inForce);
  }
}

function keyOf({ principal, action, resource, context }: AccessRequest): string {
  return JSON.stringify([principal, action, resource, context]);
}

function areSame(before: PoliciesInForce, now: PoliciesInForce): boolean {
  return (
    before.resource === now.resource &&
    before.boundary === now.boundary &&
    before.resourceAccount === now.resourceAccount &&
    before.resourcePolicyDecides === now.resourcePolicyDecides &&
    areEqual(before.identity, now.identity)
  );
}

function areEqual(before: readonly Policy[], now: readonly Policy[]): boolean {
  return before.length === now.length && before.every((policy, index) => policy === now[index]);
}
