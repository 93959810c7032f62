import { WrongUse } from "./problems.ts";

type Value = string | boolean | readonly (string | boolean)[];

/** What a command was given, checked when it is asked for. */
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

  /** The positional argument at that place, from 0. */
  optional(place: number): string | undefined {
    return this.#positionals[place];
  }

  /** @throws WrongUse when there is none */
  required(place: number, what: string): string {
    const given = this.optional(place);
    if (given === undefined) throw new WrongUse(`${what} is missing`);
    return given;
  }

  flag(name: string): boolean {
    return this.#options[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#options[name];
    return typeof value === "string" ? value : undefined;
  }

  /** Every value of an option that may be given more than once. */
  texts(name: string): readonly string[] {
    const values = this.#options[name];
    return Array.isArray(values) ? values.map(String) : [];
  }

  /** @throws WrongUse for what is no whole number within the range */
  wholeNumber(name: string, range: { readonly min: number; readonly max: number }) {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    const { min, max } = range;
    if (/^\d+$/.test(text) && number >= min && number <= max) return number;
    throw new WrongUse(`--${name} must be a whole number from ${min} to ${max} (given "${text}")`);
  }
}
