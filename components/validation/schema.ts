import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { didYouMean } from "../../aws/nearest.ts";
import { show } from "./problem.ts";

/**
 * Schemas that check the types of a component's arguments, for programs in JavaScript and specs from JSON.
 * Ranges and dependencies between fields are rules.
 */
export type Schema = v.GenericSchema;

/** A schema for each field: a field of `Args` without a schema does not compile. */
export type FieldSchemas<Args> = Record<keyof Args, Schema>;

/** Whether a value is an Output or a promise. */
export function isDeferred<T>(
  value: pulumi.Input<T>,
): value is Promise<T> | pulumi.OutputInstance<T> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

export const text = v.string(() => "must be a string");
export const boolean = v.boolean(() => "must be true or false");
export const integer = v.pipe(
  v.number(() => "must be a number"),
  v.integer(() => "must be a whole number"),
);

export const functionValue = v.function(() => "must be a function");
export const anything = v.any();

/** A value, or an Output or promise of one, which is not checked. */
export function input(schema: Schema): Schema {
  return v.lazy((value) => (isDeferred(value) ? v.unknown() : schema));
}

/** @param synonyms suggested values, by the wrong one */
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

/** An object with at least these fields. */
export function looseObject(fields: Record<string, Schema>): Schema {
  return v.looseObject(fields);
}

/** An object with only these fields, of which those in `required` are present. */
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

/** A schema that no value matches. */
export function reject(message: string): Schema {
  return v.custom(() => false, message);
}

/** A schema that depends on the value. */
export function schemaBy(choose: (value: unknown) => Schema): Schema {
  return v.lazy(choose);
}

/** Problems of a value, such as `deadLetter.retentionSeconds must be a number (given "5")`. */
export type SchemaIssues = {
  /** Values of a wrong type, and those that are missing: rules cannot rely on the value. */
  readonly mistyped: readonly string[];
  /** Fields that do not exist. */
  readonly unknown: readonly string[];
};

export function schemaIssues(schema: Schema, value: unknown): SchemaIssues {
  const { issues = [] } = v.safeParse(schema, value);
  return {
    mistyped: issues.filter((issue) => !isUnknownField(issue)).map(describe),
    unknown: issues.filter(isUnknownField).map(describe),
  };
}

function isUnknownField(issue: v.BaseIssue<unknown>): boolean {
  return issue.kind === "validation" && issue.type === "raw_check";
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? "";
  if (isUnknownField(issue)) {
    return path === "" ? issue.message : `${path}: ${issue.message}`;
  }
  if (issue.message === "is missing" || issue.input === undefined)
    return `${path} is missing`.trimStart();
  return `${path} ${issue.message} (given ${show(issue.input)})`.trimStart();
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isDeferred(value);
}
