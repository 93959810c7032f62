import { AssetValue, type Unknown } from "./propertyValue.ts";

/**
 * A property as a program and the engine exchange it. Other than a provider's, it says what is secret and
 * which resources it names.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | AssetValue
  | Secret
  | ResourceReference
  | readonly Value[]
  | ValueMap;

export type ValueMap = { readonly [name: string]: Value };

export class Secret {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** A resource that a program passes as a value. */
export class ResourceReference {
  readonly urn: string;
  /** Of a custom resource; `undefined` for a component. */
  readonly id: string | Unknown | undefined;

  constructor(urn: string, id: string | Unknown | undefined) {
    this.urn = urn;
    this.id = id;
  }
}

/** Whether this is an object of properties, and not one of the classes of values. */
export function isValueMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof ResourceReference) &&
    !(value instanceof AssetValue)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}
