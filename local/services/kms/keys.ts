import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import { keyArn } from "./interface.ts";

/**
 * The account's keys and their policies. Nothing is encrypted here: what matters is that a principal that may
 * not use a key fails as on AWS.
 */
export class Keys {
  readonly #region: string;
  readonly #policies = new Map<string, string>();
  /** Ids of keys by the names of their aliases. */
  readonly #aliases = new Map<string, string>();

  constructor({ region }: { readonly region: string }) {
    this.#region = region;
  }

  /**
   * Makes a key, or takes it that it is there.
   *
   * @param policy as JSON. @default the account's own policies decide
   * @returns its ARN
   */
  create(id: string, policy: string = accountDecides): string {
    const arn = keyArn(id, this.#region);
    this.#policies.set(arn, policy);
    return arn;
  }

  /**
   * @param policy as JSON. @default the account's own policies decide
   * @throws Error when there is no such key
   */
  setPolicy(id: string, policy: string = accountDecides): void {
    const arn = keyArn(id, this.#region);
    if (!this.#policies.has(arn)) throw new Error(`the key ${id} does not exist`);
    this.#policies.set(arn, policy);
  }

  delete(id: string): void {
    this.#policies.delete(keyArn(id, this.#region));
  }

  /** The policy of the key at an ARN, which may be an alias's. */
  policy(arn: string): string | undefined {
    const own = this.#policies.get(arn);
    if (own !== undefined) return own;
    const target = this.#aliases.get(arn.slice(arn.lastIndexOf(":") + 1));
    return target === undefined ? undefined : this.#policies.get(keyArn(target, this.#region));
  }

  /**
   * @param name begins with `alias/`
   * @param keyId the key's id or ARN
   */
  setAlias(name: string, keyId: string): void {
    this.#aliases.set(name, keyId.slice(keyId.lastIndexOf("/") + 1));
  }

  removeAlias(name: string): void {
    this.#aliases.delete(name);
  }

  /** The id of an alias's key. */
  aliasTarget(name: string): string | undefined {
    return this.#aliases.get(name);
  }
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const accountDecides = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "AccountManages",
      Effect: "Allow",
      Principal: { AWS: accountRootArn(account) },
      Action: "kms:*",
      Resource: "*",
    },
  ],
});
