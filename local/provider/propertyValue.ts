/** A value that is not known before the deployment, as a preview sees it. */
export const unknown: unique symbol = Symbol("unknown");

export type Unknown = typeof unknown;

/** A file, text or address that a program passes as an asset. */
export type Asset =
  | { readonly kind: "fileAsset"; readonly path: string }
  | { readonly kind: "textAsset"; readonly text: string }
  | { readonly kind: "remoteAsset"; readonly uri: string };

/** Several files under one name: a folder, zip or tar file, or assets by their paths in the archive. */
export type Archive =
  | { readonly kind: "fileArchive"; readonly path: string }
  | { readonly kind: "assetArchive"; readonly assets: Readonly<Record<string, Asset | Archive>> }
  | { readonly kind: "remoteArchive"; readonly uri: string };

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
