import { parseArn } from "../../../aws/arn.ts";
import { account as ownAccount } from "../../arn.ts";
import type { AccessRequest, Authorize, Decision, Principal } from "../../protocol/access.ts";
import { owner } from "../../protocol/access.ts";
import { evaluate } from "./evaluate.ts";
import { type Policy, PolicyError, parsePolicy } from "./policy.ts";

/** Credentials as a function's environment gets them. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
};

/**
 * The roles of the program and their policies, and the decision on every call. Policies of resources are
 * asked of those who keep them, each time, so that a change counts at once.
 */
export class Permissions {
  readonly #roles = new Map<string, Map<string, Policy>>();
  readonly #rolesByAccessKey = new Map<string, string>();
  readonly #parsed = new Map<string, { readonly text: string; readonly policy: Policy }>();
  readonly #resourcePolicy: (arn: string) => string | undefined;
  readonly #enforced: boolean;

  /**
   * @param resourcePolicy the policy document of a resource as JSON, where it has one
   * @param enforced false allows everything
   */
  constructor(resourcePolicy: (arn: string) => string | undefined, enforced = true) {
    this.#resourcePolicy = resourcePolicy;
    this.#enforced = enforced;
  }

  addRole(arn: string): void {
    if (!this.#roles.has(arn)) this.#roles.set(arn, new Map());
  }

  /** Attaches a policy to a role, or replaces the one of that name. */
  setRolePolicy(roleArn: string, name: string, document: unknown): void {
    this.addRole(roleArn);
    this.#roles.get(roleArn)?.set(name, parsePolicy(`the policy of ${roleArn}`, document));
  }

  /** The credentials of a role; always the same ones for the same role. */
  credentials(roleArn: string): Credentials {
    this.addRole(roleArn);
    const number = [...this.#roles.keys()].indexOf(roleArn);
    const accessKeyId = `ASIAFANOUT${String(number + 1).padStart(10, "0")}`;
    this.#rolesByAccessKey.set(accessKeyId, roleArn);
    return { accessKeyId, secretAccessKey: "local", sessionToken: "local" };
  }

  /** Whose credentials these are: a role's, or else the owner's. */
  principal(accessKeyId: string | undefined): Principal {
    const arn = accessKeyId === undefined ? undefined : this.#rolesByAccessKey.get(accessKeyId);
    return arn === undefined ? owner : { kind: "role", arn };
  }

  readonly authorize: Authorize = (request) => {
    if (!this.#enforced) return { allowed: true };
    try {
      return this.#decide(request);
    } catch (error) {
      // What cannot be understood is denied, and says so: never allowed by mistake.
      if (!(error instanceof PolicyError)) throw error;
      return { allowed: false, reason: error.message };
    }
  };

  #decide(request: AccessRequest): Decision {
    const { principal, resource } = request;
    const policies = principal.kind === "role" ? this.#roles.get(principal.arn)?.values() : [];
    return evaluate(request, {
      identity: [...(policies ?? [])],
      resource: this.#policyOf(policyHolder(resource)),
      resourceAccount: parseArn(resource)?.account || ownAccount,
      resourcePolicyDecides: parseArn(resource)?.service === "kms",
    });
  }

  #policyOf(arn: string): Policy | undefined {
    const text = this.#resourcePolicy(arn);
    if (text === undefined) return undefined;
    const known = this.#parsed.get(arn);
    if (known?.text === text) return known.policy;
    const policy = parsePolicy(`the policy of ${arn}`, text);
    this.#parsed.set(arn, { text, policy });
    return policy;
  }
}

/** The policy that speaks for an object is its bucket's. */
function policyHolder(resource: string): string {
  const isObject = resource.startsWith("arn:aws:s3:::") && resource.includes("/");
  return isObject ? resource.slice(0, resource.indexOf("/")) : resource;
}
