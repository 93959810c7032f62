import type { Field, Fields } from "../declaration/field.ts";
import type { ResourceType } from "../declaration/resourceType.ts";
import { allResourceTypes } from "../resourceTypes.ts";

/** Newer than any version that a program's SDK asks for, so that the engine does not warn. */
export const version = "999.0.0";

/** https://www.pulumi.com/docs/iac/using-pulumi/extending-pulumi/schema/ */
type TypeSpec =
  | { readonly type: "string" | "number" | "boolean" }
  | { readonly type: "array"; readonly items: TypeSpec }
  | { readonly type: "object"; readonly additionalProperties: TypeSpec }
  | { readonly $ref: string };

type ObjectSpec = {
  readonly type: "object";
  readonly properties: Readonly<Record<string, TypeSpec>>;
  readonly required: readonly string[];
};

const anything: TypeSpec = { $ref: "pulumi.json#/Any" };
const texts: TypeSpec = { type: "object", additionalProperties: { type: "string" } };

let text: string | undefined;

/**
 * The package's schema as JSON text: the types, inputs and outputs that the local cloud supports. Programs
 * in YAML are checked against it before they run.
 */
export function packageSchema(): string {
  text ??= JSON.stringify(schemaOf(allResourceTypes));
  return text;
}

function schemaOf(resourceTypes: readonly ResourceType[]) {
  const types: Record<string, ObjectSpec> = {};
  const resources = resourceTypes.flatMap((type) =>
    type.tokens.map((token) => [token, resourceOf(type, token, types)] as const),
  );
  return {
    name: "aws",
    version,
    resources: Object.fromEntries(resources),
    types,
    provider: { inputProperties: { region: { type: "string" }, defaultTags: anything } },
  };
}

function resourceOf(type: ResourceType, token: string, types: Record<string, ObjectSpec>) {
  const inputs = propertiesOf(type.inputs, token, types);
  const tagsAll = type.inputs.tags === undefined ? {} : { tagsAll: texts };
  const computed = type.computed.map((name) => [name, { type: "string" }] as const);
  return {
    inputProperties: inputs,
    requiredInputs: requiredOf(type.inputs),
    properties: { ...inputs, ...tagsAll, ...Object.fromEntries(computed) },
  };
}

function propertiesOf(
  fields: Fields,
  path: string,
  types: Record<string, ObjectSpec>,
): Record<string, TypeSpec> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, specOf(field, `${path}.${name}`, types)]),
  );
}

function requiredOf(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.required === true);
}

function specOf({ form }: Field, path: string, types: Record<string, ObjectSpec>): TypeSpec {
  switch (form.kind) {
    case "text":
      return { type: "string" };
    case "number":
      return { type: "number" };
    case "flag":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: specOf(form.element, path, types) };
    case "map":
      return { type: "object", additionalProperties: specOf(form.element, path, types) };
    case "object":
      return objectOf(form.fields, path, types);
    case "asset":
      return { $ref: path.endsWith(".code") ? "pulumi.json#/Archive" : "pulumi.json#/Asset" };
    default:
      return anything;
  }
}

/** Objects are types with names of their own: `aws:lambda/FunctionEnvironment:FunctionEnvironment`. */
function objectOf(fields: Fields, path: string, types: Record<string, ObjectSpec>): TypeSpec {
  const [module = "", ...names] = path.split("/");
  const words = names
    .join("")
    .replace(/^[^:]*:/, "")
    .split(".");
  const name = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
  const token = `${module}/${name}:${name}`;
  types[token] = {
    type: "object",
    properties: propertiesOf(fields, path, types),
    required: requiredOf(fields),
  };
  return { $ref: `#/types/${token}` };
}
