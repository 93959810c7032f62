import { isDeepStrictEqual } from "node:util";
import { joined } from "../pulumi/inputPath.ts";
import type { PropertyDiffKind } from "../pulumi/provider.ts";
import {
  AssetValue,
  isList,
  isMap,
  type PropertyMap,
  type PropertyValue,
} from "../pulumi/values/propertyValue.ts";
import { sameJson } from "./check/jsonText.ts";
import type { Field, Fields } from "./declaration/field.ts";

/** A change of an input, by its path. */
export type Change = { readonly path: string; readonly kind: PropertyDiffKind };

type Side = PropertyValue | undefined;

/** What differs between the inputs of the last deployment and those of this one. */
export function changesOf(fields: Fields, before: PropertyMap, after: PropertyMap): Change[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    fieldChanges(field, before[name], after[name], name, field.replaces === true),
  );
}

function fieldChanges(
  field: Field,
  before: Side,
  after: Side,
  path: string,
  replaces: boolean,
): Change[] {
  if (sameValue(field, before, after)) return [];
  if (after === undefined && field.computed === true && field.replaces === true) return [];
  const { form } = field;
  const replacing = replaces || field.replaces === true;
  if (form.kind === "object" && isMap(before) && isMap(after)) {
    return Object.entries(form.fields).flatMap(([name, each]) =>
      fieldChanges(each, before[name], after[name], joined(path, name), replacing),
    );
  }
  if (form.kind === "map" && isMap(before) && isMap(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      fieldChanges(form.element, before[name], after[name], joined(path, name), replacing),
    );
  }
  if (form.kind === "list" && isList(before) && isList(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      fieldChanges(form.element, before[index], after[index], `${path}[${index}]`, replacing),
    );
  }
  return [{ path, kind: kindOf(before, after, replacing) }];
}

/** Whether AWS's provider sees no difference: documents may be written in another way. */
export function sameValue({ form }: Field, before: Side, after: Side): boolean {
  if (before instanceof AssetValue && after instanceof AssetValue) return sameAsset(before, after);
  if (form.kind === "json" && typeof before === "string" && typeof after === "string") {
    return sameJson(before, after);
  }
  return isDeepStrictEqual(emptyAsNothing(form.kind, before), emptyAsNothing(form.kind, after));
}

/**
 * Whether what the cloud says agrees with what the program gives: what the program leaves to AWS, at any
 * depth, may be anything.
 */
export function agrees(field: Field, given: Side, actual: Side): boolean {
  const { form } = field;
  if (given === undefined && field.computed === true) return true;
  if (form.kind === "object" && isMap(given) && isMap(actual)) {
    return Object.entries(form.fields).every(([name, each]) =>
      agrees(each, given[name], actual[name]),
    );
  }
  if (form.kind === "list" && isList(given) && isList(actual)) {
    return (
      given.length === actual.length &&
      given.every((each, index) => agrees(form.element, each, actual[index]))
    );
  }
  return sameValue(field, given, actual);
}

function sameAsset({ value: before }: AssetValue, { value: after }: AssetValue): boolean {
  return before.hash !== undefined && after.hash !== undefined
    ? before.hash === after.hash
    : isDeepStrictEqual(before, after);
}

/** Terraform does not tell an empty text, list or map from none, nor false from nothing. */
function emptyAsNothing(kind: string, value: Side): Side {
  if (value === "" || value === false) return undefined;
  const isEmpty =
    (kind === "list" && isList(value) && value.length === 0) ||
    (kind === "map" && isMap(value) && Object.keys(value).length === 0);
  return isEmpty ? undefined : value;
}

function kindOf(before: Side, after: Side, replaces: boolean): PropertyDiffKind {
  const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
  return replaces ? `${kind}-replace` : kind;
}
