import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { didYouMean } from "./nearest.ts";
import { show } from "./problem.ts";

/**
 * The building blocks for the shapes of a component's arguments: what the types say, for those who write
 * JavaScript, build specs from JSON, or mistype a name. Ranges and what belongs together are rules.
 */
export type Schema = v.GenericSchema;

/** A shape for each field of some arguments: a field that is added there and not here does not compile. */
export type FieldSchemas<Args> = Record<keyof Args, Schema>;

/** A value that is not known yet: an Output or a promise. */
export function isDeferred<T>(
  value: pulumi.Input<T>,
): value is Promise<T> | pulumi.OutputInstance<T> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

export const text = v.string(() => "must be a text");
export const boolean = v.boolean(() => "must be true or false");
export const integer = v.pipe(
  v.number(() => "must be a number"),
  v.integer(() => "must be a whole number"),
);

export const functionValue = v.function(() => "must be a function");
export const anything = v.any();

/** A value or an Output of one, which is looked at once it is known. */
export function input(schema: Schema): Schema {
  return v.lazy((value) => (isDeferred(value) ? v.unknown() : schema));
}

/** @param synonyms what else the values are called, by the wrong word */
export function oneOf(
  values: readonly string[],
  synonyms: ReadonlyMap<string, string> = new Map(),
): Schema {
  return v.picklist(values, ({ input: given }) => {
    if (typeof given !== "string") return `must be ${alternatives(values)}`;
    const synonym = synonyms.get(given);
    const near = synonym === undefined ? didYouMean(given, values) : `; did you mean "${synonym}"?`;
    return `must be ${alternatives(values)}${near}`;
  });
}

/** `"a", "b" or "c"`. */
function alternatives(values: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(
    values.map((value) => `"${value}"`),
  );
}

export function listOf(schema: Schema): Schema {
  return v.array(schema, () => "must be a list");
}

export function recordOf(schema: Schema): Schema {
  return v.lazy((value) =>
    isPlainObject(value) ? v.record(v.string(), schema) : reject("must be an object"),
  );
}

export function resource(isInstance: (value: unknown) => boolean, what: string): Schema {
  return v.custom(isInstance, () => `must be ${what}`);
}

/** An object with these fields, and maybe others. */
export function looseObject(fields: Record<string, Schema>): Schema {
  return v.looseObject(fields);
}

/** An object with these fields and no others; those in `required` must be there. */
export function strictObject(
  fields: Record<string, Schema>,
  required: readonly string[] = [],
): Schema {
  const entries = Object.entries(fields).map(
    ([name, schema]) => [name, required.includes(name) ? schema : v.optional(schema)] as const,
  );
  const object = v.looseObject(Object.fromEntries(entries), () => "is missing");
  const strict = v.pipe(
    object,
    v.rawCheck(({ dataset, addIssue }) => {
      const given: unknown = dataset.value;
      if (!isPlainObject(given)) return;
      for (const name of Object.keys(given).filter((key) => !Object.hasOwn(fields, key))) {
        addIssue({ message: `unknown field "${name}"${didYouMean(name, Object.keys(fields))}` });
      }
    }),
  );
  return v.lazy((value) => (isPlainObject(value) ? strict : reject("must be an object")));
}

/** Whatever the value is, it is wrong. */
export function reject(message: string): Schema {
  return v.custom(() => false, message);
}

/** Chooses the shape by looking at the value. */
export function schemaBy(choose: (value: unknown) => Schema): Schema {
  return v.lazy(choose);
}

/** All that is wrong with the value's shape: `deadLetter.retentionSeconds must be a number (given "5")`. */
export function schemaProblems(schema: Schema, value: unknown): string[] {
  const result = v.safeParse(schema, value);
  return result.success ? [] : result.issues.map(describe);
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? "";
  if (issue.kind === "validation" && issue.type === "raw_check") {
    return path === "" ? issue.message : `${path}: ${issue.message}`;
  }
  if (issue.message === "is missing" || issue.input === undefined)
    return `${path} is missing`.trimStart();
  return `${path} ${issue.message} (given ${show(issue.input)})`.trimStart();
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isDeferred(value);
}
