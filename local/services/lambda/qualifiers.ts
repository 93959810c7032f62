import { AwsError } from "../../protocol/awsError.ts";
import type { LambdaFunction } from "./lambdaFunction.ts";

/** An alias of a function: a version that can be changed, while its ARN stays. */
export type Alias = {
  readonly name: string;
  /** A number, or `$LATEST`. */
  readonly version: string;
  /** The share of invocations that go to other versions: `{ "3": 0.9 }`. @default none */
  readonly weights?: Readonly<Record<string, number>>;
  readonly description?: string | undefined;
};

/** What a version or an alias has of its own. */
type Own = Pick<LambdaFunction, "statements" | "asynchronous">;

type KeptAlias = {
  readonly alias: Alias;
  own: Own;
  /** How many invocations it has had, by which they are spread over the versions. */
  invocations: number;
};

type Qualified = {
  /** By number, from 1. */
  readonly versions: Map<string, LambdaFunction>;
  readonly aliases: Map<string, KeptAlias>;
};

const nothing: Own = { statements: [], asynchronous: {} };

/**
 * The published versions of functions, and their aliases.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export class Qualifiers {
  readonly #functions = new Map<string, Qualified>();

  /** The newest version; a new one if the function has changed since it was published. */
  publish(latest: LambdaFunction): string {
    const { versions } = this.#of(latest.arn);
    const newest = versions.get(String(versions.size));
    if (newest !== undefined && isSame(newest, latest)) return String(versions.size);
    const number = String(versions.size + 1);
    const arn = `${latest.arn}:${number}`;
    const version = { ...latest.version, functionArn: arn };
    versions.set(number, { ...latest, ...nothing, arn, version });
    return number;
  }

  /** The number of the newest version; undefined if none is published. */
  newest(functionArn: string): string | undefined {
    const size = this.#functions.get(functionArn)?.versions.size ?? 0;
    return size === 0 ? undefined : String(size);
  }

  /** Creates an alias, or changes the one of that name; its policy and its settings for asynchronous invocation stay. */
  setAlias(functionArn: string, alias: Alias): string {
    const { aliases, versions } = this.#of(functionArn);
    if (alias.version !== "$LATEST" && !versions.has(alias.version)) {
      throw new AwsError(
        "ResourceNotFoundException",
        `Function not found: ${functionArn}:${alias.version}`,
        { status: 404 },
      );
    }
    const { own = nothing, invocations = 0 } = aliases.get(alias.name) ?? {};
    aliases.set(alias.name, { alias, own, invocations });
    return `${functionArn}:${alias.name}`;
  }

  alias(functionArn: string, name: string): Alias | undefined {
    return this.#functions.get(functionArn)?.aliases.get(name)?.alias;
  }

  removeAlias(functionArn: string, name: string): void {
    this.#functions.get(functionArn)?.aliases.delete(name);
  }

  /** The function as a version or an alias has it, under the qualified ARN. @param latest the unqualified function */
  find(latest: LambdaFunction, qualifier: string): LambdaFunction | undefined {
    const { versions, aliases } = this.#of(latest.arn);
    const kept = aliases.get(qualifier);
    if (kept === undefined) return versions.get(qualifier);
    const target = versionOf(latest, versions, kept.alias.version);
    return target && { ...target, ...kept.own, arn: `${latest.arn}:${qualifier}` };
  }

  /**
   * The version that the next invocation of an alias runs: of ten invocations, one goes to a version with the
   * weight 0.1. A version that the local cloud does not have leaves its share to the alias's own.
   */
  next(latest: LambdaFunction, qualifier: string): LambdaFunction | undefined {
    const { versions, aliases } = this.#of(latest.arn);
    const kept = aliases.get(qualifier);
    if (kept === undefined) return versions.get(qualifier);
    const count = ++kept.invocations;
    const other = Object.entries(kept.alias.weights ?? {}).find(
      ([number, weight]) =>
        versions.has(number) && Math.floor(count * weight) > Math.floor((count - 1) * weight),
    );
    return versionOf(latest, versions, other?.[0] ?? kept.alias.version);
  }

  /** Changes what a version or an alias has of its own. */
  change(functionArn: string, qualifier: string, own: Own): void {
    const { versions, aliases } = this.#of(functionArn);
    const kept = aliases.get(qualifier);
    if (kept !== undefined) kept.own = own;
    const version = versions.get(qualifier);
    if (version !== undefined) versions.set(qualifier, { ...version, ...own });
  }

  /** Forgets the versions and aliases of a function. @returns the versions */
  remove(functionArn: string): LambdaFunction[] {
    const versions = [...(this.#functions.get(functionArn)?.versions.values() ?? [])];
    this.#functions.delete(functionArn);
    return versions;
  }

  #of(functionArn: string): Qualified {
    const found = this.#functions.get(functionArn) ?? { versions: new Map(), aliases: new Map() };
    this.#functions.set(functionArn, found);
    return found;
  }
}

function versionOf(
  latest: LambdaFunction,
  versions: ReadonlyMap<string, LambdaFunction>,
  number: string,
): LambdaFunction | undefined {
  return number === "$LATEST" ? latest : versions.get(number);
}

/** Whether nothing that a version has was changed. */
function isSame(version: LambdaFunction, latest: LambdaFunction): boolean {
  return comparable(version) === comparable(latest);
}

function comparable({ version, code, layers, deadLetterTargetArn }: LambdaFunction): string {
  const { functionArn: _, codeDirectory: __, layerDirectory: ___, ...settings } = version;
  return JSON.stringify([settings, code.sha256, layers, deadLetterTargetArn]);
}
