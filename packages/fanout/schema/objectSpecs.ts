import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import type { Field } from "./declarations.ts";
import { added } from "./differences.ts";
import type { ObjectSpec, PropertySpec, TypeSpec } from "./packageSpec.ts";

/** Translates the type of a field, of which `where` is the name: `Consumer.handler`. */
type Translate = (type: ts.TypeNode, where: string) => TypeSpec;

/** A member of a union of interfaces. */
export type Kind = {
  /** The value of its field `kind`; empty if it has none. */
  readonly kind: string;
  readonly fields: readonly Field[];
};

type FieldOfKind = Field & Pick<Kind, "kind">;

/** The object type of an interface's fields. */
export function objectSpec(
  name: string,
  fields: readonly Field[],
  translate: Translate,
  docs: string,
): ObjectSpec {
  const more = added[name];
  const required = fields.filter(({ isOptional }) => !isOptional && more === undefined);
  const properties = fields.map((field) => {
    const spec = translate(field.type, `${name}.${field.name}`);
    return [field.name, described(spec, field.docs, valuesOf(field.type))] as const;
  });
  return objectOf({ ...Object.fromEntries(properties), ...more }, required, docs);
}

/**
 * One object type for a union of interfaces, because not every language has unions. It has the fields of all of
 * them, and requires what all of them require. A description says which kinds have a field, unless all have it.
 */
export function unionSpec(
  name: string,
  kinds: readonly Kind[],
  translate: Translate,
  docs: string,
): ObjectSpec {
  const fields = kinds.flatMap(({ kind, fields }) => fields.map((field) => ({ ...field, kind })));
  const byName = [...Map.groupBy(fields, (field) => field.name)];
  const required = byName.filter(
    ([, same]) => same.length === kinds.length && same.every(({ isOptional }) => !isOptional),
  );
  const properties = byName.map(([field, same]) => {
    const spec = commonSpec(`${name}.${field}`, same, translate);
    const text = field === "kind" ? kindDocs(same) : docsByKind(same, kinds.length);
    return [field, described(spec, text, valuesOf(first(same).type))] as const;
  });
  return objectOf(
    Object.fromEntries(properties),
    required.map(([field]) => ({ name: field })),
    docs,
  );
}

/** The value of a member's field `kind`. */
export function kindOf({ members }: ts.InterfaceDeclaration): string {
  const kind = members.find((member) => member.name?.getText() === "kind");
  const type = kind !== undefined && ts.isPropertySignature(kind) ? kind.type : undefined;
  return type === undefined ? "" : JSON.parse(type.getText());
}

function objectOf(
  properties: ObjectSpec["properties"],
  required: readonly Pick<Field, "name">[],
  docs: string,
): ObjectSpec {
  return {
    type: "object",
    ...(docs !== "" && { description: docs }),
    properties,
    ...(required.length > 0 && { required: required.map(({ name }) => name) }),
  };
}

function described(spec: TypeSpec, docs: string, values: readonly string[]): PropertySpec {
  const text = [docs, values.length > 1 && `One of ${listed(values)}.`].filter(Boolean).join(" ");
  return text === "" ? spec : { ...spec, description: text };
}

/** The texts that a field is one of. */
function valuesOf(type: ts.TypeNode): string[] {
  if (!ts.isUnionTypeNode(type)) return [];
  return type.types.map((each) => each.getText()).filter((text) => text.startsWith('"'));
}

function commonSpec(where: string, fields: readonly FieldOfKind[], translate: Translate): TypeSpec {
  const specs = fields.map(({ type }) => translate(type, where));
  const common = first(specs);
  if (specs.every((spec) => isDeepStrictEqual(spec, common))) return common;
  if (specs.every(isOwnObject)) return { oneOf: specs, plain: true };
  throw new Error(`${where} has several types: use another name for one of them`);
}

/** An object type of the package, which a kind may have in place of another kind's. */
function isOwnObject(spec: TypeSpec): boolean {
  return spec.$ref?.startsWith("#/types/") === true;
}

/** Equal texts once, after the kinds that they are for. */
function docsByKind(fields: readonly FieldOfKind[], allKinds: number): string {
  const texts = [...Map.groupBy(fields, ({ docs }) => docs)];
  const isOfAll = fields.length === allKinds && texts.length === 1;
  return texts
    .flatMap(([docs, same]) => {
      const kinds = same.map(({ kind }) => kind).filter((kind) => kind !== "");
      return isOfAll || kinds.length === 0 ? docs : [`Of kind ${listed(kinds)}.`, docs];
    })
    .filter((text) => text !== "")
    .join(" ");
}

function kindDocs(fields: readonly FieldOfKind[]): string {
  const kinds = fields.map(({ kind }) => kind);
  return `One of ${listed(kinds)}. Default: ${kinds[0]}.`;
}

/** Of a list that is not empty. */
function first<T>([item]: readonly T[]): T {
  if (item === undefined) throw new Error("the list is empty");
  return item;
}

/** `queue, function or email`. */
function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names);
}
