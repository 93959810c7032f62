import type { Checksum } from "./checksum.ts";

/** A version of an object, or a delete marker. Its bytes are in `Contents`. */
export type StoredObject = {
  readonly bucket: string;
  readonly key: string;
  /** `null` (the text) for an object that was put while the bucket kept no versions. */
  readonly versionId: string;
  /** Grows with every change of any object. */
  readonly sequence: number;
  readonly deleteMarker: boolean;
  /** In bytes. */
  readonly size: number;
  /** Cloud time in whole seconds, as milliseconds since 1970. */
  readonly modified: number;
  /** Number of the bytes in `Contents`. */
  readonly content: number;
} & ObjectDetails;

export type ObjectDetails = {
  /** Without quotes. */
  readonly etag: string;
  /** The headers that a reader gets back: `content-type`, `cache-control`, `x-amz-meta-...`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** Of an object that was uploaded in parts, in order. */
  readonly parts?: readonly ObjectPart[];
};

export type ObjectPart = {
  readonly number: number;
  readonly size: number;
  /** Base64. */
  readonly checksum?: string;
};

/** Where a page of a listing goes on: after this version of this key. */
export type Position = { readonly key: string; readonly sequence: number };
