import { owner, ownersProgram, type Principal } from "../../protocol/access.ts";
import type { AccessKey, PlaceholderKey } from "../../protocol/authentication/accessKey.ts";
import {
  ownerCredentials,
  programCredentials,
} from "../../protocol/authentication/ownerCredentials.ts";

/** Credentials in a function's environment. */
export type SessionCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
};

/** Keys of the account's owner, which are no secrets: the local cloud's own, and those of other emulators. */
const ownerKeys = [ownerCredentials, { accessKeyId: "test", secretAccessKey: "test" }];

/** The secret of every other key. */
export const secretAccessKey = "local";

const sessionToken = "local";

const placeholder: PlaceholderKey = { secretAccessKey: undefined, principal: owner };

/** The active access keys: those of the owner and of users, and temporary ones of roles. */
export class AccessKeys {
  readonly #keys = new Map<string, AccessKey>([
    ...ownerKeys.map(
      (key) =>
        [key.accessKeyId, { secretAccessKey: key.secretAccessKey, principal: owner }] as const,
    ),
    [
      programCredentials.accessKeyId,
      { secretAccessKey: programCredentials.secretAccessKey, principal: ownersProgram },
    ],
  ]);
  readonly #ofRoles = new Map<string, string>();

  readonly find = (accessKeyId: string): AccessKey | PlaceholderKey | undefined =>
    this.#keys.get(accessKeyId) ?? (isIssued(accessKeyId) ? undefined : placeholder);

  /** Always the same ones for the same role. */
  ofRole(roleArn: string): SessionCredentials {
    const number = String(this.#ofRoles.size + 1).padStart(10, "0");
    const accessKeyId = this.#ofRoles.get(roleArn) ?? `ASIAFANOUT${number}`;
    this.#ofRoles.set(roleArn, accessKeyId);
    const principal: Principal = { kind: "role", arn: roleArn };
    this.#keys.set(accessKeyId, { secretAccessKey, sessionToken, principal });
    return { accessKeyId, secretAccessKey, sessionToken };
  }

  /** Lets calls that are signed with the key be those of a user. */
  setOfUser(accessKeyId: string, userArn: string): void {
    this.#keys.set(accessKeyId, { secretAccessKey, principal: { kind: "user", arn: userArn } });
  }

  delete(accessKeyId: string): void {
    this.#keys.delete(accessKeyId);
  }

  /** Hands the keys of a user to the ARN that it has now. */
  moveUser(from: string, to: string): void {
    for (const [id, { principal }] of this.#keys) {
      if (principal.kind === "user" && principal.arn === from) this.setOfUser(id, to);
    }
  }
}

/**
 * Whether it looks like a key of AWS: one that the cloud does not know belongs to a real account, whose owner
 * meant to call that.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
function isIssued(accessKeyId: string): boolean {
  return /^A[KS]IA[A-Z0-9]+$/.test(accessKeyId);
}
