import { notSupported } from "../../../protocol/awsError.ts";
import type { Bucket } from "../bucket.ts";
import type { Checksum } from "../checksum.ts";
import type { Conditions } from "../preconditions.ts";
import { S3Error } from "../s3Error.ts";
import type { StoredObject } from "../storedObject.ts";
import { customerKeyHeaders, customerKeyIn, encryptionHeaders } from "./customerKey.ts";
import { decodeMetadata, encodeMetadata } from "./metadataText.ts";
import { lockHeaders } from "./objectLockInput.ts";
import { checksumHeader } from "./payload.ts";

type Headers = Readonly<Record<string, string>>;

/** Where the bucket's website sends who asks for the object. */
export const redirectHeader = "x-amz-website-redirect-location";

/** Headers of an operation that sets an object's metadata. */
export const metadataHeaders = [
  "x-amz-meta-*",
  "x-amz-server-side-encryption",
  "x-amz-storage-class",
  redirectHeader,
  ...customerKeyHeaders,
];

/** Headers that are kept with an object as they are. */
const kept = [
  "cache-control",
  "content-disposition",
  "content-language",
  "expires",
  redirectHeader,
];

/** Storage classes whose objects must be restored before they can be read. */
const archives = ["GLACIER", "DEEP_ARCHIVE"];

const storageClasses = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
  ...archives,
];

export function isArchived({ headers }: Pick<StoredObject, "headers">): boolean {
  return archives.includes(headers["x-amz-storage-class"] ?? "STANDARD");
}

/** AWS's limit of all names and values together, in bytes. */
const maximumMetadataBytes = 2048;

/**
 * The metadata of a request: what readers of the object get back.
 * @throws S3Error MetadataTooLarge, InvalidStorageClass, InvalidArgument
 * @throws AwsError NotImplemented
 */
export function metadataOf(headers: Headers): Headers {
  checkEncryption(headers["x-amz-server-side-encryption"]);
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith("x-amz-meta-"))
    .map(([name, value]) => [name, decodeMetadata(value)] as const);
  checkMetadataSize(metadata);
  const contentEncoding = withoutChunks(headers["content-encoding"] ?? "");
  const storageClass = storageClassOf(headers["x-amz-storage-class"] ?? "STANDARD");
  return {
    "content-type": headers["content-type"] ?? "binary/octet-stream",
    ...(contentEncoding && { "content-encoding": contentEncoding }),
    ...(storageClass !== "STANDARD" && { "x-amz-storage-class": storageClass }),
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => kept.includes(name))),
    ...Object.fromEntries(metadata),
    ...customerKeyIn(headers),
  };
}

/** The encodings that stay with the object: `aws-chunked` is one of the request only. */
function withoutChunks(encodings: string): string {
  return encodings
    .split(",")
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== "aws-chunked")
    .join(",");
}

/** The headers that describe an object to its reader. */
export function describe(object: StoredObject, versioned: boolean): Headers {
  return {
    ...sendable(object.headers),
    ...encryptionHeaders(object),
    ...lockHeaders(object),
    "accept-ranges": "bytes",
    etag: `"${object.etag}"`,
    "last-modified": new Date(object.modified).toUTCString(),
    ...(object.tags?.length && { "x-amz-tagging-count": String(object.tags.length) }),
    ...(versioned && { "x-amz-version-id": object.versionId }),
  };
}

/** HTTP has no control characters, and none beyond Latin-1: S3 sends spaces. */
function asHeader(value: string): string {
  return value.replace(/[^\u0020-\u007e\u0080-\u00ff]/gu, " ");
}

function sendable(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.startsWith("x-amz-meta-") ? encodeMetadata(value) : asHeader(value),
    ]),
  );
}

export function checksumHeaders({ checksum }: Pick<StoredObject, "checksum">): Headers {
  if (checksum === undefined) return {};
  return {
    [checksumHeader(checksum.algorithm)]: checksum.value,
    "x-amz-checksum-type": checksum.type,
  };
}

function checkEncryption(algorithm: string | undefined): void {
  if (algorithm === undefined || algorithm === "AES256") return;
  throw notSupported(`the server-side encryption "${algorithm}" of an object`);
}

function storageClassOf(storageClass: string): string {
  if (storageClasses.includes(storageClass)) return storageClass;
  throw new S3Error("InvalidStorageClass", "The storage class you specified is not valid", {
    details: { StorageClassRequested: storageClass },
  });
}

function checkMetadataSize(metadata: readonly (readonly [string, string])[]): void {
  const size = metadata.reduce(
    (sum, [name, value]) => sum + name.length - "x-amz-meta-".length + Buffer.byteLength(value),
    0,
  );
  if (size <= maximumMetadataBytes) return;
  throw new S3Error(
    "MetadataTooLarge",
    "Your metadata headers exceed the maximum allowed metadata size",
    { details: { Size: String(size), MaxSizeAllowed: String(maximumMetadataBytes) } },
  );
}

/** @param prefix of the headers' names: `x-amz-copy-source-` for the source of a copy */
export function conditionsOf(
  headers: Readonly<Record<string, string>>,
  prefix: "" | "x-amz-copy-source-" = "",
): Conditions {
  return {
    ifMatch: headers[`${prefix}if-match`],
    ifNoneMatch: headers[`${prefix}if-none-match`],
    ifModifiedSince: headers[`${prefix}if-modified-since`],
    ifUnmodifiedSince: headers[`${prefix}if-unmodified-since`],
  };
}

/** A checksum as the elements of a reply: `ChecksumCRC32` and `ChecksumType`. */
export function checksumElements(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (checksum === undefined) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}

/** The version that a write created, if the bucket is versioned. */
export function versionHeader(
  bucket: Bucket,
  { versionId }: { readonly versionId?: string },
): Readonly<Record<string, string>> {
  if (bucket.versioning !== "Enabled" || versionId === undefined) return {};
  return { "x-amz-version-id": versionId };
}
