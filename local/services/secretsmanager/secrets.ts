import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Clock } from "../../time/clock.ts";

export type Secret = {
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  /** By id; the last is `AWSCURRENT`, the one before `AWSPREVIOUS`. */
  readonly versions: ReadonlyMap<string, SecretVersion>;
};

/** The value is a text, or bytes in base64. */
export type SecretVersion = {
  readonly id: string;
  readonly value: { readonly text: string } | { readonly base64: string };
  /** Cloud time, in milliseconds since 1970. */
  readonly created: number;
};

export type Stage = "AWSCURRENT" | "AWSPREVIOUS";

/** The staging labels of a version: of the last two one each, of those before none. */
export function stagesOf({ versions }: Secret, id: string): readonly Stage[] {
  const [current, previous] = [...versions.keys()].reverse();
  if (id === current) return ["AWSCURRENT"];
  return id === previous ? ["AWSPREVIOUS"] : [];
}

/** Secrets Manager. Secrets are kept in memory. Wherever one is named, its ARN does as well. */
export class Secrets {
  readonly #clock: Clock;
  readonly #region: string;
  readonly #secrets = new Map<string, Secret>();

  constructor({ clock, region }: { readonly clock: Clock; readonly region: string }) {
    this.#clock = clock;
    this.#region = region;
  }

  /** @throws AwsError ResourceExistsException */
  create(name: string, description: string): Secret {
    if (this.find(name)) {
      throw new AwsError(
        "ResourceExistsException",
        `The operation failed because the secret ${name} already exists.`,
      );
    }
    const arn = formatArn("secretsmanager", this.#region, `secret:${name}-${suffixOf(name)}`);
    return this.#save({ arn, name, description, versions: new Map() });
  }

  describe(named: string, description: string): void {
    this.#save({ ...this.get(named), description });
  }

  delete(named: string): void {
    const secret = this.find(named);
    if (secret !== undefined) this.#secrets.delete(secret.arn);
  }

  find(named: string): Secret | undefined {
    return (
      this.#secrets.get(named) ??
      [...this.#secrets.values()].find(
        ({ name, arn }) => name === named || arn.replace(/-\w{6}$/, "") === named,
      )
    );
  }

  /** @throws AwsError ResourceNotFoundException */
  get(named: string): Secret {
    const secret = this.find(named);
    if (secret !== undefined) return secret;
    throw new AwsError(
      "ResourceNotFoundException",
      "Secrets Manager can't find the specified secret.",
    );
  }

  /**
   * Adds a version, which becomes the current one. Given once more with the same value, it stays as it is.
   * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
   *
   * @throws AwsError ResourceExistsException for an id that a version with another value has
   */
  put(named: string, value: SecretVersion["value"], id: string = randomUUID()): SecretVersion {
    const secret = this.get(named);
    const existing = secret.versions.get(id);
    if (existing !== undefined) {
      if (isDeepStrictEqual(existing.value, value)) return existing;
      throw new AwsError("ResourceExistsException", "You can't modify an existing version.");
    }
    const version = { id, value, created: this.#clock.now() };
    this.#save({ ...secret, versions: new Map([...secret.versions, [id, version]]) });
    return version;
  }

  removeVersion(named: string, id: string): void {
    const secret = this.find(named);
    if (secret === undefined) return;
    const kept = [...secret.versions].filter(([each]) => each !== id);
    this.#save({ ...secret, versions: new Map(kept) });
  }

  /**
   * @param wanted a version's id, a staging label, or both of the same version; none for `AWSCURRENT`
   * @throws AwsError ResourceNotFoundException; InvalidRequestException for an id without that label
   */
  version(
    named: string,
    wanted: { id?: string | undefined; stage?: string | undefined },
  ): SecretVersion {
    const secret = this.get(named);
    const { id, stage = "AWSCURRENT" } = wanted;
    const has = (each: string) => stagesOf(secret, each).some((name) => name === stage);
    const found = secret.versions.get(id ?? [...secret.versions.keys()].find(has) ?? "");
    if (found !== undefined && wanted.stage !== undefined && !has(found.id)) {
      throw new AwsError(
        "InvalidRequestException",
        "You provided a VersionStage that is not associated to the provided VersionId.",
      );
    }
    if (found !== undefined) return found;
    throw new AwsError(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`}`,
    );
  }

  #save(secret: Secret): Secret {
    this.#secrets.set(secret.arn, secret);
    return secret;
  }
}

/** Six letters and digits as AWS appends them; always the same for a name, so that ARNs stay. */
function suffixOf(name: string): string {
  return Buffer.from(name).toString("hex").padEnd(6, "0").slice(-6);
}
