import type { AssetValue, PropertyValue } from "../../pulumi/values/propertyValue.ts";

/** An input of a resource type: its form, and what it means for the resource. */
export type Field<T = unknown> = FieldFacts & {
  readonly form: Form;
  /** Carries the type of the value; never set. */
  readonly valueType?: T;
};

export type Fields = Readonly<Record<string, Field>>;

type Form =
  | { readonly kind: "text" | "number" | "flag" | "json" | "asset" | "any" }
  | { readonly kind: "list" | "map"; readonly element: Field }
  | { readonly kind: "object"; readonly fields: Fields };

export type FieldFacts = {
  readonly required?: boolean;
  /** A change replaces the resource. */
  readonly replaces?: boolean;
  /** AWS decides the value where the program gives none, so that none is no difference. */
  readonly computed?: boolean;
  /** Why it is only listed: accepted, and without effect in the local cloud. @default emulated */
  readonly listed?: string;
  /** The values that are only listed. @default all */
  readonly listedWhere?: (value: PropertyValue) => boolean;
  /** What AWS's provider sets where the program gives nothing. */
  readonly default?: PropertyValue;
  /** Inputs that cannot be given together with this one. */
  readonly conflicts?: readonly string[];
  /** What is wrong with a known value; undefined for nothing. */
  readonly check?: Check;
};

/** @param property how the input is called in messages */
export type Check = (value: PropertyValue, property: string) => string | undefined;

/** The values that a resource type's functions are called with. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

type Given<T, O extends FieldFacts> = O extends { readonly required: true }
  ? T
  : undefined extends O["default"]
    ? T | undefined
    : T;

export function text<const O extends FieldFacts = Record<never, never>>(
  facts?: O,
): Field<Given<string, O>> {
  return { form: { kind: "text" }, ...facts };
}

export function number<const O extends FieldFacts = Record<never, never>>(
  facts?: O,
): Field<Given<number, O>> {
  return { form: { kind: "number" }, ...facts };
}

export function flag<const O extends FieldFacts = Record<never, never>>(
  facts?: O,
): Field<Given<boolean, O>> {
  return { form: { kind: "flag" }, ...facts };
}

/** A JSON document, which programs also give as an object. Its value is JSON text. */
export function json<const O extends FieldFacts = Record<never, never>>(
  facts?: O,
): Field<Given<string, O>> {
  return { form: { kind: "json" }, ...facts };
}

/** An asset or an archive. */
export function asset<const O extends FieldFacts = Record<never, never>>(
  facts?: O,
): Field<Given<AssetValue, O>> {
  return { form: { kind: "asset" }, ...facts };
}

/** Whatever the program gives. For listed inputs, whose parts nothing looks at. */
export function anything<const O extends FieldFacts = Record<never, never>>(
  facts?: O,
): Field<PropertyValue | undefined> {
  return { form: { kind: "any" }, ...facts };
}

export function list<T, const O extends FieldFacts = Record<never, never>>(
  element: Field<T>,
  facts?: O,
): Field<Given<readonly NonNullable<T>[], O>> {
  return { form: { kind: "list", element }, ...facts };
}

export function map<T, const O extends FieldFacts = Record<never, never>>(
  element: Field<T>,
  facts?: O,
): Field<Given<Readonly<Record<string, NonNullable<T>>>, O>> {
  return { form: { kind: "map", element }, ...facts };
}

export function object<const F extends Fields, const O extends FieldFacts = Record<never, never>>(
  fields: F,
  facts?: O,
): Field<Given<Values<F>, O>> {
  return { form: { kind: "object", fields }, ...facts };
}

/** The field with `reason` why it is only listed. */
export function listed<T>(field: Field<T>, reason: string): Field<T> {
  return { ...field, listed: reason };
}

/** The field, of which some values are only listed: `reason` says which, and why. */
export function partlyListed<T>(
  field: Field<T>,
  listedWhere: (value: PropertyValue) => boolean,
  reason: string,
): Field<T> {
  return { ...field, listed: reason, listedWhere };
}

export const required = { required: true } as const;
export const replaces = { replaces: true } as const;
export const requiredReplaces = { required: true, replaces: true } as const;

/** A resource's own tags; `tagsAll` is made from them and from the provider's default tags. */
export const tags = map(text(), { default: undefined });

/** The region of a resource, which in the local cloud is the cloud's own. */
export const region = text({ replaces: true, computed: true });
