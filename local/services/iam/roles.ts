import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { managedPolicyDocument } from "./managedPolicies.ts";
import { type Policy, parsePolicy } from "./policy.ts";

/** A role, or a user, as it is at one moment. */
export type Role = {
  readonly arn: string;
  readonly name: string;
  /** The trust policy as JSON text, if it has one. */
  readonly trust: string | undefined;
  /** Policy documents by name, as JSON text. */
  readonly inline: ReadonlyMap<string, string>;
  /** ARNs of managed policies. */
  readonly attached: ReadonlySet<string>;
  /** The managed policy that limits what the others allow. */
  readonly boundary: string | undefined;
};

type Kept = {
  trust: string | undefined;
  readonly inline: Map<string, { readonly text: string; readonly policy: Policy }>;
  readonly attached: Set<string>;
  boundary: string | undefined;
};

/** The roles and users of the account, their policies, and the policies that the account manages itself. */
export class Roles {
  readonly #roles = new Map<string, Kept>();
  readonly #managed = new Map<string, string>();
  readonly #parsed = new Map<string, Policy>();

  /** Makes a role, or takes it that it is there. */
  add(arn: string): Kept {
    const found = this.#roles.get(arn);
    if (found !== undefined) return found;
    const kept = {
      trust: undefined,
      inline: new Map(),
      attached: new Set<string>(),
      boundary: undefined,
    };
    this.#roles.set(arn, kept);
    return kept;
  }

  find(arn: string): Role | undefined {
    const kept = this.#roles.get(arn);
    if (kept === undefined) return undefined;
    const { trust, inline, attached, boundary } = kept;
    const documents = [...inline].map(([name, { text }]) => [name, text] as const);
    return { arn, name: nameOf(arn), trust, inline: new Map(documents), attached, boundary };
  }

  /** @throws AwsError NoSuchEntity */
  named(name: string, kind: "role" | "user" = "role"): Role {
    const found = this.findNamed(name, kind);
    if (found !== undefined) return found;
    throw new AwsError("NoSuchEntity", `The ${kind} with name ${name} cannot be found.`, {
      status: 404,
    });
  }

  findNamed(name: string, kind: "role" | "user" = "role"): Role | undefined {
    const arn = [...this.#roles.keys()].find(
      (each) => nameOf(each) === name && each.includes(`:${kind}/`),
    );
    return arn === undefined ? undefined : this.find(arn);
  }

  remove(arn: string): void {
    this.#roles.delete(arn);
  }

  move(from: string, to: string): void {
    const kept = this.#roles.get(from);
    this.#roles.delete(from);
    if (kept !== undefined) this.#roles.set(to, kept);
  }

  arns(): string[] {
    return [...this.#roles.keys()];
  }

  /** @throws PolicyError for a document that IAM would not understand */
  setTrust(arn: string, document: string): void {
    parsePolicy(`the trust policy of ${arn}`, document);
    this.add(arn).trust = document;
  }

  /** Writes a policy into a role, or replaces the one of that name. */
  setPolicy(arn: string, name: string, document: unknown): void {
    const policy = parsePolicy(`the policy of ${arn}`, document);
    const text = typeof document === "string" ? document : JSON.stringify(document);
    this.add(arn).inline.set(name, { text, policy });
  }

  removePolicy(arn: string, name: string): void {
    this.#roles.get(arn)?.inline.delete(name);
  }

  /** @throws AwsError NoSuchEntity for a managed policy that is neither the account's nor known of AWS's */
  attach(arn: string, policyArn: string): void {
    this.managedPolicy(policyArn);
    this.add(arn).attached.add(policyArn);
  }

  detach(arn: string, policyArn: string): void {
    this.#roles.get(arn)?.attached.delete(policyArn);
  }

  /**
   * Limits what a role or user may do to what a managed policy allows, too.
   *
   * @throws AwsError NoSuchEntity
   */
  setBoundary(arn: string, policyArn: string | undefined): void {
    if (policyArn !== undefined) this.managedPolicy(policyArn);
    this.add(arn).boundary = policyArn;
  }

  /** The policy that limits a role or user. */
  boundaryOf(arn: string): Policy | undefined {
    const boundary = this.#roles.get(arn)?.boundary;
    return boundary === undefined ? undefined : this.#attachedPolicy(boundary)[0];
  }

  /** Makes a policy of the account's own, or replaces its document. */
  setManagedPolicy(policyArn: string, document: string): void {
    this.#parsed.set(policyArn, parsePolicy(`the policy ${policyArn}`, document));
    this.#managed.set(policyArn, document);
  }

  removeManagedPolicy(policyArn: string): void {
    this.#managed.delete(policyArn);
    this.#parsed.delete(policyArn);
  }

  /** A managed policy's document as JSON text. */
  findManagedPolicy(policyArn: string): string | undefined {
    return this.#managed.get(policyArn) ?? managedPolicyDocument(policyArn);
  }

  /** @throws AwsError NoSuchEntity */
  managedPolicy(policyArn: string): string {
    const document = this.findManagedPolicy(policyArn);
    if (document !== undefined) return document;
    const hint = policyArn.startsWith("arn:aws:iam::aws:")
      ? " among the managed policies that the local cloud knows; write its statements into a policy of your own where the program runs locally"
      : "";
    throw new AwsError("NoSuchEntity", `Policy ${policyArn} does not exist${hint}.`, {
      status: 404,
    });
  }

  /** The statements of a role's or a user's own policies. */
  policies(arn: string): Policy[] {
    const kept = this.#roles.get(arn);
    if (kept === undefined) return [];
    const inline = [...kept.inline.values()].map(({ policy }) => policy);
    return [...inline, ...[...kept.attached].flatMap((each) => this.#attachedPolicy(each))];
  }

  #attachedPolicy(policyArn: string): Policy[] {
    const known = this.#parsed.get(policyArn);
    if (known !== undefined) return [known];
    const document = this.findManagedPolicy(policyArn);
    if (document === undefined) return [];
    const policy = parsePolicy(`the policy ${policyArn}`, document);
    this.#parsed.set(policyArn, policy);
    return [policy];
  }
}

/** The last part of a role's ARN, after its path. */
function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** @param path begins and ends with a slash. @default / */
export function iamArn(kind: "role" | "policy" | "user", name: string, path = "/"): string {
  return formatArn("iam", "", `${kind}${path}${name}`);
}
