import { AwsError } from "../../../protocol/awsError.ts";
import { missingParameter } from "../errors.ts";

/** The members of a request, each read as the type that it must have. */
export class Input {
  readonly #members: Readonly<Record<string, unknown>>;

  constructor(members: Readonly<Record<string, unknown>>) {
    this.#members = members;
  }

  text(name: string): string | undefined {
    return asText(this.#given(name));
  }

  /** @throws MissingParameter when it is absent or empty */
  requiredText(name: string, parameter = name): string {
    const text = this.text(name);
    if (text === undefined || text === "") throw missingParameter(parameter);
    return text;
  }

  integer(name: string): number | undefined {
    const value = this.#given(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value)) return value;
    throw wrongType(value, "an Integer");
  }

  /** @throws MissingParameter when it is absent */
  requiredInteger(name: string, parameter = name): number {
    const number = this.integer(name);
    if (number === undefined) throw missingParameter(parameter);
    return number;
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map((item) => asText(item) ?? "");
  }

  /** The objects of a list. */
  entries(name: string): readonly Input[] {
    return this.#list(name).map((item) => new Input(asObject(item)));
  }

  textMap(name: string): Readonly<Record<string, string>> {
    const entries = Object.entries(asObject(this.#given(name) ?? {}));
    return Object.fromEntries(entries.map(([key, value]) => [key, asText(value) ?? ""]));
  }

  entryMap(name: string): readonly (readonly [string, Input])[] {
    const entries = Object.entries(asObject(this.#given(name) ?? {}));
    return entries.map(([key, value]) => [key, new Input(asObject(value))] as const);
  }

  #list(name: string): readonly unknown[] {
    const value = this.#given(name) ?? [];
    if (Array.isArray(value)) return value;
    throw wrongType(value, "a List");
  }

  /** A member that is null counts as absent. */
  #given(name: string): unknown {
    return Object.hasOwn(this.#members, name) ? (this.#members[name] ?? undefined) : undefined;
  }
}

function asText(value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw wrongType(value, "a String");
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw wrongType(value, "a Map");
}

function wrongType(value: unknown, type: string): AwsError {
  const kind = Array.isArray(value) ? "LIST" : typeof value === "object" ? "MAP" : typeof value;
  return new AwsError(
    "SerializationException",
    `${kind.toUpperCase()}_VALUE can not be converted to ${type}`,
  );
}
