import { parseArn } from "../../../aws/arn.ts";
import { account as ownAccount } from "../../arn.ts";
import type { AccessRequest, Authorize, Decision } from "../../protocol/access.ts";
import { AccessKeys, type SessionCredentials } from "./accessKeys.ts";
import { AllowedCalls } from "./allowedCalls.ts";
import { evaluate } from "./evaluate.ts";
import { DeniedCalls } from "./faults/deniedCalls.ts";
import { type Policy, PolicyError, parsePolicy } from "./policy.ts";
import { Roles } from "./roles.ts";

const noPolicies: readonly Policy[] = [];
const allowed: Decision = { allowed: true };

/**
 * The roles of the program and their policies, and the decision on every call. Policies of resources are
 * read from the services each time, so that a change takes effect immediately.
 */
export class Permissions {
  readonly roles = new Roles();
  readonly accessKeys = new AccessKeys();
  readonly faults = new DeniedCalls();
  readonly #parsed = new Map<string, { readonly text: string; readonly policy: Policy }>();
  readonly #resourcePolicy: (arn: string) => string | undefined;
  readonly #enforced: boolean;
  readonly #allowedCalls = new AllowedCalls();

  /**
   * @param resourcePolicy the policy document that speaks for a resource as JSON, where there is one: for an
   *   object its bucket's
   * @param enforced false allows everything
   */
  constructor(resourcePolicy: (arn: string) => string | undefined, enforced = true) {
    this.#resourcePolicy = resourcePolicy;
    this.#enforced = enforced;
  }

  addRole(arn: string): void {
    this.roles.add(arn);
  }

  /** Attaches a policy to a role, or replaces the one of that name. */
  setRolePolicy(roleArn: string, name: string, document: unknown): void {
    this.roles.setPolicy(roleArn, name, document);
  }

  /**
   * Whether a service may act as a role: the role's trust policy decides. A role that was never created, or
   * given a trust policy, is trusted by none.
   */
  assume(roleArn: string, service: string): Decision {
    if (!this.#enforced) return { allowed: true };
    const trust = this.roles.find(roleArn)?.trust;
    if (trust === undefined) {
      return { allowed: false, reason: `there is no role ${roleArn} with a trust policy` };
    }
    const request = {
      principal: { kind: "service", name: service },
      action: "sts:AssumeRole",
      resource: roleArn,
      context: { "aws:SourceAccount": ownAccount },
    } as const;
    return evaluate(request, {
      identity: [],
      resource: parsePolicy(`the trust policy of ${roleArn}`, trust),
      resourceAccount: ownAccount,
    });
  }

  /** The credentials of a role; always the same ones for the same role. */
  credentials(roleArn: string): SessionCredentials {
    this.addRole(roleArn);
    return this.accessKeys.ofRole(roleArn);
  }

  /** Gives a user another path: policies and keys stay. */
  moveUser(from: string, to: string): void {
    if (from === to) return;
    this.roles.move(from, to);
    this.accessKeys.moveUser(from, to);
  }

  readonly authorize: Authorize = (request) => {
    const denial = this.faults.deny(request);
    if (denial !== undefined) return { allowed: false, reason: denial };
    if (!this.#enforced) return { allowed: true };
    try {
      return this.#decide(request);
    } catch (error) {
      // What cannot be evaluated is denied with a reason, never allowed by mistake.
      if (!(error instanceof PolicyError)) throw error;
      return { allowed: false, reason: error.message };
    }
  };

  #decide(request: AccessRequest): Decision {
    const { principal, resource } = request;
    const policies = {
      identity: "arn" in principal ? this.roles.policies(principal.arn) : noPolicies,
      boundary: "arn" in principal ? this.roles.boundaryOf(principal.arn) : undefined,
      resource: this.#policyOf(resource),
    };
    if (this.#allowedCalls.has(request, policies)) return allowed;
    const arn = parseArn(resource);
    const decision = evaluate(request, {
      ...policies,
      resourceAccount: arn?.account || ownAccount,
      resourcePolicyDecides: arn?.service === "kms",
    });
    if (decision.allowed) this.#allowedCalls.add(request, policies);
    return decision;
  }

  #policyOf(resource: string): Policy | undefined {
    const text = this.#resourcePolicy(resource);
    if (text === undefined) return undefined;
    const holder = policyHolder(resource);
    const known = this.#parsed.get(holder);
    if (known?.text === text) return known.policy;
    const policy = parsePolicy(`the policy of ${holder}`, text);
    this.#parsed.set(holder, { text, policy });
    return policy;
  }
}

/** The policy that speaks for an object is its bucket's. */
function policyHolder(resource: string): string {
  const isObject = resource.startsWith("arn:aws:s3:::") && resource.includes("/");
  return isObject ? resource.slice(0, resource.indexOf("/")) : resource;
}
