import { notSupported } from "../../../protocol/awsError.ts";
import { type AccessListSettings, accessListHeader, isPublic } from "../accessLists.ts";
import type { Bucket } from "../bucket.ts";
import type { Checksum } from "../checksum.ts";
import type { Conditions } from "../preconditions.ts";
import { invalidArgument, S3Error } from "../s3Error.ts";
import type { StoredObject } from "../storedObject.ts";
import { decodeMetadata, encodeMetadata } from "./metadataText.ts";
import { checksumHeader } from "./payload.ts";

type Headers = Readonly<Record<string, string>>;

/** Headers of an operation that sets an object's metadata. */
export const metadataHeaders = [
  accessListHeader,
  "x-amz-meta-*",
  "x-amz-server-side-encryption",
  "x-amz-storage-class",
];

/** Headers that are kept with an object as they are. */
const kept = ["cache-control", "content-disposition", "content-language", "expires"];

/**
 * S3 encrypts every object, with its own keys unless told otherwise.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
 */
export const encryptionHeader = { "x-amz-server-side-encryption": "AES256" };

/** Storage classes that a reader does not notice. */
const storageClasses = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
];

/** AWS's limit of all names and values together, in bytes. */
const maximumMetadataBytes = 2048;

/**
 * The metadata of a request: what readers of the object get back, and its access control list.
 * @throws S3Error MetadataTooLarge, InvalidStorageClass, AccessControlListNotSupported, AccessDenied
 * @throws AwsError NotImplemented
 */
export function metadataOf(headers: Headers, lists: AccessListSettings): Headers {
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
    ...accessListOf(headers[accessListHeader], lists),
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
  const { [accessListHeader]: _list, ...headers } = object.headers;
  return {
    ...sendable(headers),
    ...encryptionHeader,
    "accept-ranges": "bytes",
    etag: `"${object.etag}"`,
    "last-modified": new Date(object.modified).toUTCString(),
    ...(object.tags?.length && { "x-amz-tagging-count": String(object.tags.length) }),
    ...(versioned && { "x-amz-version-id": object.versionId }),
  };
}

function sendable(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.startsWith("x-amz-meta-") ? encodeMetadata(value) : value,
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

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const cannedLists = [
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
  "log-delivery-write",
];

function accessListOf(
  acl: string | undefined,
  { enabled, blocksPublic }: AccessListSettings,
): Headers {
  if (acl === undefined || acl === "private" || acl === "bucket-owner-full-control") return {};
  if (!cannedLists.includes(acl)) throw invalidArgument("", accessListHeader, acl);
  if (!enabled) {
    throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  if (!isPublic(acl)) throw notSupported(`the access control list "${acl}" of an object`);
  if (blocksPublic) {
    const reason = "public access control lists are blocked by the bucket (BlockPublicAcls)";
    throw new S3Error("AccessDenied", `Access Denied: ${reason}`, { status: 403 });
  }
  return { [accessListHeader]: "public-read" };
}

function checkEncryption(algorithm: string | undefined): void {
  if (algorithm === undefined || algorithm === "AES256") return;
  throw notSupported(`the server-side encryption "${algorithm}" of an object`);
}

function storageClassOf(storageClass: string): string {
  if (storageClasses.includes(storageClass)) return storageClass;
  if (/^(GLACIER|DEEP_ARCHIVE|OUTPOSTS|SNOW|EXPRESS_ONEZONE)$/.test(storageClass)) {
    throw notSupported(`the storage class "${storageClass}"`);
  }
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
