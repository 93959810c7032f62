import { joined } from "../../pulumi/inputPath.ts";
import type { CheckFailure } from "../../pulumi/provider.ts";
import {
  AssetValue,
  hasUnknown,
  isList,
  isMap,
  type PropertyMap,
  type PropertyValue,
  unknown,
} from "../../pulumi/values/propertyValue.ts";
import type { Field, Fields } from "../declaration/field.ts";
import { jsonText, parsedJson } from "./jsonText.ts";

/** Where problems go; `path` is the property's. */
export type Report = (failure: CheckFailure) => void;

/**
 * The inputs as AWS's provider would take them: texts for numbers and numbers for texts are converted,
 * documents become JSON text, defaults are added, and null is as good as nothing. What is not known yet
 * is taken for right.
 */
export function checkFields(
  fields: Fields,
  inputs: PropertyMap,
  report: Report,
  path = "",
): PropertyMap {
  const given = Object.entries(inputs).filter(([name, value]) => value !== null && !isMark(name));
  const checked: Record<string, PropertyValue> = {};
  for (const [name, value] of given) {
    const at = joined(path, name);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) report({ property: at, reason: unsupported(at) });
    else checked[name] = checkValue(field, value, at, report);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (checked[name] !== undefined) checkConflicts(field, name, checked, path, report);
    else if (field.default !== undefined) checked[name] = field.default;
    else if (field.required) report(missing(joined(path, name)));
  }
  return checked;
}

function checkValue(
  field: Field,
  value: PropertyValue,
  path: string,
  report: Report,
): PropertyValue {
  if (value === unknown) return value;
  const converted = convert(field, value, path, report);
  if (converted === undefined) {
    report({ property: path, reason: wrongForm(field, value, path) });
    return value;
  }
  const reason = hasUnknown(converted) ? undefined : field.check?.(converted, path);
  if (reason !== undefined) report({ property: path, reason });
  return converted;
}

/** The value in the field's form; undefined for one that has another form. */
function convert(
  field: Field,
  value: PropertyValue,
  path: string,
  report: Report,
): PropertyValue | undefined {
  const { form } = field;
  switch (form.kind) {
    case "any":
      return value;
    case "asset":
      return value instanceof AssetValue ? value : undefined;
    case "list":
      return isList(value)
        ? value.map((each, index) => checkValue(form.element, each, `${path}[${index}]`, report))
        : undefined;
    case "map":
      return isMap(value) ? checkEntries(form.element, value, path, report) : undefined;
    case "object":
      return isMap(value) ? checkFields(form.fields, value, report, path) : undefined;
    default:
      return scalar(form.kind, value);
  }
}

function checkEntries(
  element: Field,
  value: PropertyMap,
  path: string,
  report: Report,
): PropertyMap {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, each]) => each !== null && !isMark(name))
      .map(([name, each]) => [name, checkValue(element, each, joined(path, name), report)]),
  );
}

/** Terraform's types convert into each other, so that AWS's provider takes "5" for 5, and 5 for "5". */
function scalar(
  kind: "text" | "number" | "flag" | "json",
  value: PropertyValue,
): PropertyValue | undefined {
  switch (kind) {
    case "text":
      return isScalar(value) ? String(value) : undefined;
    case "number":
      return typeof value === "string" ? numberIn(value) : ofType("number", value);
    case "flag":
      return value === "true" || value === "false" ? value === "true" : ofType("boolean", value);
    case "json":
      return document(value);
  }
}

function isScalar(value: PropertyValue): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function numberIn(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function ofType(type: "number" | "boolean", value: PropertyValue): PropertyValue | undefined {
  return typeof value === type ? value : undefined;
}

/** A document that holds what is not known yet is not known as a whole. */
function document(value: PropertyValue): PropertyValue | undefined {
  if (typeof value === "string") return parsedJson(value) === undefined ? undefined : value;
  if (!isMap(value) && !isList(value)) return undefined;
  return hasUnknown(value) ? unknown : jsonText(value);
}

function checkConflicts(
  { conflicts = [] }: Field,
  name: string,
  checked: PropertyMap,
  path: string,
  report: Report,
): void {
  for (const other of conflicts) {
    if (checked[other] === undefined) continue;
    const property = joined(path, name);
    report({ property, reason: `"${name}" conflicts with "${other}": give one of them only` });
  }
}

function unsupported(path: string): string {
  return `the local cloud does not support the input "${path}": remove it where the program runs locally`;
}

function missing(property: string): CheckFailure {
  return {
    property,
    reason: `missing required argument: "${property}" is required, but not given`,
  };
}

const expected = {
  text: "a string",
  number: "a number",
  flag: "a boolean",
  json: "a JSON document or an object",
  asset: "an asset or an archive",
  list: "a list",
  map: "an object",
  object: "an object",
  any: "a value",
} as const;

function wrongForm({ form }: Field, value: PropertyValue, path: string): string {
  const given = value instanceof AssetValue ? "an asset" : JSON.stringify(value);
  return `expected "${path}" to be ${expected[form.kind]}, got ${given}`;
}

/** Pulumi's own marks among properties, such as `__defaults`. */
function isMark(name: string): boolean {
  return name === "__defaults" || name === "__meta";
}
