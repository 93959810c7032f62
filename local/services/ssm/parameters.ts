import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Clock } from "../../time/clock.ts";

type ParameterType = "String" | "StringList" | "SecureString";

/** What a parameter is written from. */
export type NewParameter = {
  /** `/shop/mail/sender`, or a name without slashes. */
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  /** @default none */
  readonly description?: string | undefined;
  /** A regular expression that values match. @default any value */
  readonly allowedPattern?: string | undefined;
};

/** A version of a parameter. */
export type Parameter = NewParameter & {
  readonly arn: string;
  /** From 1. */
  readonly version: number;
  /** Cloud time, in milliseconds since 1970. */
  readonly modified: number;
};

/** Systems Manager's Parameter Store. Parameters are kept in memory. */
export class Parameters {
  readonly #clock: Clock;
  readonly #region: string;
  /** The versions of each parameter by its name, the last one last. */
  readonly #versions = new Map<string, Parameter[]>();

  constructor({ clock, region }: { readonly clock: Clock; readonly region: string }) {
    this.#clock = clock;
    this.#region = region;
  }

  /**
   * Makes a parameter, or gives it another version.
   *
   * @throws AwsError for what PutParameter would refuse
   */
  put(given: NewParameter, { overwrite }: { readonly overwrite: boolean }): Parameter {
    const { name } = given;
    const versions = this.#versions.get(name) ?? [];
    if (versions.length > 0 && !overwrite) {
      throw new AwsError(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
    }
    validate(given);
    const version = (versions.at(-1)?.version ?? 0) + 1;
    const parameter = { ...given, arn: this.arnOf(name), version, modified: this.#clock.now() };
    this.#versions.set(name, [...versions, parameter]);
    return parameter;
  }

  /** @param named a name or an ARN; a version may follow after a colon */
  find(named: string): Parameter | undefined {
    const [, name = "", version] = /^(.*?)(?::(\d+))?$/s.exec(nameIn(named)) ?? [];
    const versions = this.#versions.get(name);
    if (version === undefined) return versions?.at(-1);
    return versions?.find((each) => each.version === Number(version));
  }

  /** @throws AwsError ParameterNotFound */
  get(named: string): Parameter {
    const found = this.find(named);
    if (found !== undefined) return found;
    throw new AwsError("ParameterNotFound", `The parameter ${named} does not exist.`);
  }

  /** The current versions, by name. */
  list(): Parameter[] {
    return [...this.#versions.values()]
      .flatMap((versions) => versions.at(-1) ?? [])
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @returns whether it was there */
  delete(named: string): boolean {
    return this.#versions.delete(nameIn(named));
  }

  arnOf(name: string): string {
    return formatArn("ssm", this.#region, `parameter${name.startsWith("/") ? "" : "/"}${name}`);
  }
}

/** The ARN of a name without a slash at its start has one more. */
function nameIn(named: string): string {
  const [, name] = /^arn:[\w-]+:ssm:[^:]*:\d*:parameter\/(.*)$/s.exec(named) ?? [];
  if (name === undefined) return named;
  return name.includes("/") ? `/${name}` : name;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
function validate({ name, value, allowedPattern }: NewParameter): void {
  if (!/^[\w.\-/]{1,2048}$/.test(name) || (name.includes("/") && !name.startsWith("/"))) {
    throw invalid(
      `Parameter name "${name}" must be a fully qualified name: letters, digits and .-_, with a slash at the start if it has any.`,
    );
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw invalid(`Parameter name "${name}" can't be prefixed with "aws" or "ssm".`);
  }
  if (value === "" || Buffer.byteLength(value) > 8192) {
    throw invalid(`The value of "${name}" must have 1 to 8192 bytes.`);
  }
  if (allowedPattern && !patternOf(allowedPattern).test(value)) {
    throw new AwsError(
      "ParameterPatternMismatchException",
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
}

function patternOf(allowedPattern: string): RegExp {
  try {
    return new RegExp(allowedPattern);
  } catch (error) {
    throw new AwsError(
      "InvalidAllowedPatternException",
      `The allowed pattern "${allowedPattern}" is no regular expression: ${error}`,
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
