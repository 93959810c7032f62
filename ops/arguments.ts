import { UsageError } from "./errors.ts";

type Value = string | boolean | readonly (string | boolean)[];

/** The arguments of a command, validated on access. */
export class Arguments {
  readonly #positionals: readonly string[];
  readonly #options: Readonly<Record<string, Value | undefined>>;

  constructor(
    positionals: readonly string[],
    options: Readonly<Record<string, Value | undefined>>,
  ) {
    this.#positionals = positionals;
    this.#options = options;
  }

  /** The positional argument at that position, from 0. */
  optional(position: number): string | undefined {
    return this.#positionals[position];
  }

  /** @throws UsageError when it is missing */
  required(position: number, what: string): string {
    const given = this.optional(position);
    if (given === undefined) throw new UsageError(`${what} is missing`);
    return given;
  }

  flag(name: string): boolean {
    return this.#options[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#options[name];
    return typeof value === "string" ? value : undefined;
  }

  /** All values of an option that may be repeated. */
  texts(name: string): readonly string[] {
    const values = this.#options[name];
    return Array.isArray(values) ? values.map(String) : [];
  }

  /** @throws UsageError unless the value is a whole number of the range */
  wholeNumber(name: string, range: { readonly min: number; readonly max: number }) {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    const { min, max } = range;
    if (/^\d+$/.test(text) && number >= min && number <= max) return number;
    throw new UsageError(
      `--${name} must be a whole number from ${min} to ${max} (given "${text}")`,
    );
  }
}
