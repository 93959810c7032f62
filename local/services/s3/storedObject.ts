import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import type { AccessList } from "./accessLists/accessList.ts";
import type { Versioning } from "./bucket.ts";
import type { Checksum } from "./checksum.ts";
import type { ObjectLock } from "./objectLock.ts";
import { invalidArgument, S3Error } from "./s3Error.ts";
import type { Tag } from "./tagging/tag.ts";

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
  /** The headers that readers get back: `content-type`, `cache-control`, `x-amz-meta-...`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** By key. @default none */
  readonly tags?: readonly Tag[];
  /** @default only the owner has grants */
  readonly acl?: AccessList;
  /** @default none */
  readonly lock?: ObjectLock;
  /** Of an object that was uploaded in parts, in order. */
  readonly parts?: readonly ObjectPart[];
};

export type ObjectPart = {
  readonly number: number;
  readonly size: number;
  /** Base64. */
  readonly checksum?: string;
};

/** Where a page of a listing continues: after this version of this key. */
export type Position = { readonly key: string; readonly sequence: number };

/** In bytes of UTF-8. */
const maximumLength = 1024;

/**
 * @throws S3Error KeyTooLongError
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function checkKey(key: string): void {
  const length = Buffer.byteLength(key);
  if (length <= maximumLength) return;
  throw new S3Error("KeyTooLongError", "Your key is too long", {
    details: { Size: String(length), MaxSizeAllowed: String(maximumLength) },
  });
}

/** The id of what is put or deleted while the bucket keeps no versions, or keeps them no longer. */
export const nullVersion = "null";

/** @param sequence of the version, encoded in its id so that a listing can continue after it */
export function newVersionId(versioning: Versioning, sequence: number): string {
  if (versioning !== "Enabled") return nullVersion;
  const bytes = randomBytes(24);
  bytes.writeBigUInt64BE(BigInt(sequence));
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 20)), 20);
  // S3's ids have dots, but no hyphens.
  return bytes.toString("base64url").replaceAll("-", ".");
}

/** The sequence of the version with that id; undefined for `null`, which has none. */
export function sequenceIn(versionId: string): number | undefined {
  checkVersionId(versionId);
  return versionId === nullVersion ? undefined : Number(bytesOf(versionId).readBigUInt64BE());
}

/** Whether `newVersionId` made the text. */
function isIssued(versionId: string): boolean {
  if (!/^[\w.]{32}$/.test(versionId)) return false;
  const bytes = bytesOf(versionId);
  return bytes.readUInt32BE(20) === crc32(bytes.subarray(0, 20));
}

function bytesOf(versionId: string): Buffer {
  return Buffer.from(versionId.replaceAll(".", "-"), "base64url");
}

/** @throws S3Error InvalidArgument for a text that no version can have as its id */
export function checkVersionId(versionId: string): void {
  if (versionId === nullVersion || isIssued(versionId)) return;
  throw invalidArgument("Invalid version id specified", "versionId", versionId);
}

/** Whether the object has a key of its owner. */
export function isEncryptedByKey({ headers }: Pick<StoredObject, "headers">): boolean {
  return "x-amz-server-side-encryption-customer-key-md5" in headers;
}
