import type { PropertyMap, PropertyValue } from "./propertyValue.ts";
import { AssetValue } from "./propertyValue.ts";
import {
  isList,
  isValueMap,
  ResourceReference,
  Secret,
  type Value,
  type ValueMap,
} from "./value.ts";

/** Properties as a provider takes them: secrets opened, and resources by their id, or else their URN. */
export function toProvider(values: ValueMap): PropertyMap {
  return mapValues(values, plain);
}

function plain(value: Value): PropertyValue {
  if (typeof value !== "object" || value === null || value instanceof AssetValue) return value;
  if (value instanceof Secret) return plain(value.value);
  if (value instanceof ResourceReference) return value.id ?? value.urn;
  if (isList(value)) return value.map(plain);
  return isValueMap(value) ? mapValues(value, plain) : null;
}

/**
 * Marks as secret what a provider returned for a secret: properties, also nested ones, whose input of the
 * same name is or holds a secret.
 */
export function markSecrets(outputs: PropertyMap, inputs: ValueMap): ValueMap {
  const marked: Record<string, Value> = { ...outputs };
  for (const [name, input] of Object.entries(inputs)) {
    const output = marked[name];
    if (output === undefined || output instanceof Secret) continue;
    if (isValueMap(output) && isValueMap(input)) {
      if (holdsSecret(input)) marked[name] = markSecrets(toProvider(output), input);
    } else if (holdsSecret(input)) marked[name] = new Secret(output);
  }
  return marked;
}

/** Marks these properties as secret, whatever their inputs are. */
export function withSecrets(values: ValueMap, names: readonly string[]): ValueMap {
  const present = names.filter(
    (name) => values[name] !== undefined && !(values[name] instanceof Secret),
  );
  if (present.length === 0) return values;
  return {
    ...values,
    ...Object.fromEntries(present.map((name) => [name, new Secret(values[name] ?? null)])),
  };
}

function holdsSecret(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Secret) return true;
  if (isList(value)) return value.some(holdsSecret);
  return isValueMap(value) && Object.values(value).some(holdsSecret);
}

function mapValues<T, U>(
  values: { readonly [name: string]: T },
  map: (value: T) => U,
): { readonly [name: string]: U } {
  const mapped: Record<string, U> = {};
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value !== undefined) mapped[name] = map(value);
  }
  return mapped;
}
