import { type AccessRequest, callerArnOf, type Principal } from "../../protocol/access.ts";
import type { PoliciesInForce } from "./evaluate.ts";
import type { Policy } from "./policy.ts";

/** Enough for every pair of resources of a large stack, and its functions' calls. */
const mostActions = 5000;

/** Callers and contexts of an action on a resource, of which the latest are remembered. */
const mostOfAction = 16;

/** What the policies of a call were when they allowed it. */
export type AllowingPolicies = Pick<PoliciesInForce, "identity" | "boundary" | "resource">;

type AllowedCall = {
  readonly principal: Principal;
  readonly context: AccessRequest["context"];
  readonly policies: AllowingPolicies;
};

/**
 * Remembers allowed calls together with the policies that allowed them. A call with the same principal, action,
 * resource and context is allowed again as long as the same policies are in force; a changed policy is another one.
 */
export class AllowedCalls {
  /** By resource and action, in maps: a text as the key of a call takes longer than the rest of its check. */
  readonly #calls = new Map<string, Map<string, AllowedCall[]>>();
  #actions = 0;

  has(
    { principal, action, resource, context }: AccessRequest,
    policies: AllowingPolicies,
  ): boolean {
    const calls = this.#calls.get(resource)?.get(action);
    if (calls === undefined) return false;
    for (const call of calls) {
      if (!isSamePrincipal(call.principal, principal)) continue;
      if (isSameContext(call.context, context)) return isSame(call.policies, policies);
    }
    return false;
  }

  add({ principal, action, resource, context }: AccessRequest, policies: AllowingPolicies): void {
    const calls = this.#callsOf(resource, action);
    const others = calls.filter(
      (call) =>
        !isSamePrincipal(call.principal, principal) || !isSameContext(call.context, context),
    );
    calls.splice(0, calls.length, ...others.slice(1 - mostOfAction));
    calls.push({ principal, context, policies });
  }

  #callsOf(resource: string, action: string): AllowedCall[] {
    const known = this.#calls.get(resource)?.get(action);
    if (known !== undefined) return known;
    if (++this.#actions > mostActions) {
      this.#calls.clear();
      this.#actions = 1;
    }
    const ofResource = this.#calls.get(resource) ?? new Map<string, AllowedCall[]>();
    this.#calls.set(resource, ofResource);
    const calls: AllowedCall[] = [];
    ofResource.set(action, calls);
    return calls;
  }
}

function isSamePrincipal(a: Principal, b: Principal): boolean {
  return a === b || (a.kind === b.kind && callerArnOf(a) === callerArnOf(b));
}

function isSameContext(a: AccessRequest["context"], b: AccessRequest["context"]): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}

function isSame(before: AllowingPolicies, now: AllowingPolicies): boolean {
  return (
    before.resource === now.resource &&
    before.boundary === now.boundary &&
    areEqual(before.identity, now.identity)
  );
}

function areEqual(before: readonly Policy[], now: readonly Policy[]): boolean {
  return before.length === now.length && before.every((policy, index) => policy === now[index]);
}
