import type { XmlContent } from "../../../protocol/xml/format.ts";
import type { ListingEntry } from "../listing.ts";
import type { StoredObject } from "../storedObject.ts";

type Encode = (key: string) => string;

/** Who owns every bucket and object: the account's canonical user. */
export const ownerElement = { ID: "0".repeat(64), DisplayName: "fanout" };

/** `Contents` of a listing. */
export function objectElement(
  object: StoredObject,
  encode: Encode,
  withOwner: boolean,
): Readonly<Record<string, XmlContent>> {
  return {
    Key: encode(object.key),
    LastModified: new Date(object.modified).toISOString(),
    ETag: `"${object.etag}"`,
    ChecksumAlgorithm: object.checksum?.algorithm,
    ChecksumType: object.checksum?.type,
    Size: object.size,
    ...(withOwner && { Owner: ownerElement }),
    StorageClass: object.headers["x-amz-storage-class"] ?? "STANDARD",
  };
}

export function objectsOf(entries: readonly ListingEntry[]): StoredObject[] {
  return entries.flatMap((entry) => ("object" in entry ? [entry.object] : []));
}

export function commonPrefixElements(
  entries: readonly ListingEntry[],
  encode: Encode,
): XmlContent[] {
  return entries.flatMap((entry) =>
    "commonPrefix" in entry ? [{ Prefix: encode(entry.commonPrefix) }] : [],
  );
}
