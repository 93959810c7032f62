import { AwsError } from "../../../protocol/awsError.ts";
import { pageOf } from "../../../protocol/page.ts";
import { invalidParameter, invalidParameterBecause } from "../errors.ts";

/** The members of a request in the query protocol: texts, lists, and maps. */
export class Input {
  readonly #members: Readonly<Record<string, unknown>>;

  constructor(members: Readonly<Record<string, unknown>>) {
    this.#members = members;
  }

  text(name: string): string | undefined {
    const value = this.#members[name];
    if (value === undefined || typeof value === "string") return value;
    throw malformed(name);
  }

  /** @throws InvalidParameter when it is absent */
  requiredText(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw invalidParameterBecause(name, "no value for required parameter");
    return text;
  }

  /** Absent counts as false. */
  flag(name: string): boolean {
    return this.text(name) === "true";
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map((item) => {
      if (typeof item === "string") return item;
      throw malformed(name);
    });
  }

  textMap(name: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.#map(name).map(([key, value]) => {
        if (typeof value === "string") return [key, value];
        throw malformed(name);
      }),
    );
  }

  /** The structures of a list. */
  entries(name: string): readonly Input[] {
    return this.#list(name).map((item) => new Input(asObject(name, item)));
  }

  /** The structures of a map, by key. */
  entryMap(name: string): readonly (readonly [string, Input])[] {
    return this.#map(name).map(([key, value]) => [key, new Input(asObject(name, value))] as const);
  }

  /** An empty list is sent as an empty text. */
  #list(name: string): readonly unknown[] {
    const value = this.#members[name] ?? "";
    if (value === "") return [];
    if (Array.isArray(value)) return value;
    throw malformed(name);
  }

  #map(name: string): readonly (readonly [string, unknown])[] {
    const value = this.#members[name] ?? "";
    return value === "" ? [] : Object.entries(asObject(name, value));
  }
}

function asObject(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw malformed(name);
}

function malformed(name: string): AwsError {
  return new AwsError("MalformedInput", `The parameter ${name} has not the form of its type.`);
}

const size = 100;

/**
 * A hundred items, and a token for the next hundred if there are more.
 *
 * @param token of the page before; the first page when it is absent
 */
export function page<Item>(
  items: readonly Item[],
  token: string | undefined,
): { readonly items: readonly Item[]; readonly NextToken: string | undefined } {
  return pageOf(items, token, size, () => invalidParameter("NextToken"));
}
