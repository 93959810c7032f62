import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import { keyArn } from "./interface.ts";

/**
 * The account's keys, and who may use them. Nothing is encrypted here: what counts is that whoever may
 * not use a key fails as on AWS.
 */
export class Keys {
  readonly #region: string;
  readonly #policies = new Map<string, string>();

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

  /** @throws Error when there is no such key */
  setPolicy(id: string, policy: string): void {
    const arn = keyArn(id, this.#region);
    if (!this.#policies.has(arn)) throw new Error(`there is no key ${id}`);
    this.#policies.set(arn, policy);
  }

  policy(arn: string): string | undefined {
    return this.#policies.get(arn);
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
