/** A value that is not known before the deployment, as a preview sees it. */
export const unknown: unique symbol = Symbol("unknown");

export type Unknown = typeof unknown;

/** SHA-256 of the contents in hexadecimal. The provider's `check` adds it where an engine has none. */
type Hashed = { readonly hash?: string };

/** A file, text or address that a program passes as an asset. */
export type Asset = Hashed &
  (
    | { readonly kind: "fileAsset"; readonly path: string }
    | { readonly kind: "textAsset"; readonly text: string }
    | { readonly kind: "remoteAsset"; readonly uri: string }
  );

/** Several files under one name: a folder, zip or tar file, or assets by their paths in the archive. */
export type Archive = Hashed &
  (
    | { readonly kind: "fileArchive"; readonly path: string }
    | { readonly kind: "assetArchive"; readonly assets: Readonly<Record<string, Asset | Archive>> }
    | { readonly kind: "remoteArchive"; readonly uri: string }
  );

/**
 * A property as an engine and a provider exchange it. Secrets are unwrapped: the engine keeps track of
 * what is secret, because the provider does not accept secrets.
 */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | Unknown
  | AssetValue
  | readonly PropertyValue[]
  | PropertyMap;

/** Wrapped, so that an asset is never confused with an object that a user wrote. */
export class AssetValue {
  readonly value: Asset | Archive;

  constructor(value: Asset | Archive) {
    this.value = value;
  }
}

export type PropertyMap = { readonly [name: string]: PropertyValue };

export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" && value !== null && !isList(value) && !(value instanceof AssetValue)
  );
}

export function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** Whether the value or anything inside it is not known yet. */
export function hasUnknown(value: PropertyValue | undefined): boolean {
  if (value === unknown) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isMap(value) && Object.values(value).some(hasUnknown);
}

export function mapValues(
  properties: PropertyMap,
  change: (value: PropertyValue, name: string) => PropertyValue,
): PropertyMap {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]): [string, PropertyValue] => [
      name,
      change(value, name),
    ]),
  );
}
