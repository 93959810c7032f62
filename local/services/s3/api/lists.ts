import type { XmlContent } from "../../../protocol/xml.ts";
import { ownerId } from "../accessLists/accessList.ts";
import type { ListingEntry, ListingRequest } from "../listing.ts";
import { invalidArgument } from "../s3Error.ts";
import type { StoredObject } from "../storedObject.ts";

/** A time as S3 writes it: its milliseconds are always zero. @param time in milliseconds since 1970 */
export function wholeSeconds(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString();
}

type Encode = (key: string) => string;

/** Who owns every bucket and object: the account's canonical user. */
export const ownerElement = { ID: ownerId };

/** Who began an upload: of these S3 still writes the name. */
export const initiatorElement = { ...ownerElement, DisplayName: "fanout" };

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

/**
 * How a listing writes keys: with `encoding-type=url` percent-encoded, because XML cannot hold every
 * character that a key may.
 * @throws S3Error InvalidArgument
 */
export function listEncoding(query: URLSearchParams): (key: string) => string {
  const type = query.get("encoding-type");
  if (type === null) return (key) => key;
  if (type === "url") return (key) => encodeURIComponent(key).replaceAll("%2F", "/");
  throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
}

/** The key or common prefix after which the next page begins. */
export function markerOf(entry: ListingEntry): string {
  return "object" in entry ? entry.object.key : entry.commonPrefix;
}

/**
 * Where a page after `marker` begins. A marker under a common prefix of the listing stands for
 * everything under that prefix.
 * @param sequence of the version of that key after which to go on; 0 goes on with the next key
 */
export function afterMarker(
  marker: string,
  sequence: number,
  prefix: string,
  delimiter: string | undefined,
): NonNullable<ListingRequest["after"]> {
  if (!delimiter || !marker.startsWith(prefix)) return { key: marker, sequence };
  const firstEnd = marker.indexOf(delimiter, prefix.length);
  if (firstEnd < 0) return { key: marker, sequence };
  return { commonPrefix: marker.slice(0, firstEnd + delimiter.length) };
}

/** The most that S3 puts on a page, and what it puts there when not told otherwise. */
const maximum = 1000;

/**
 * @param parameter name of the query parameter, for example `max-keys`
 * @throws S3Error InvalidArgument
 */
export function pageSize(query: URLSearchParams, parameter: string): number {
  const value = query.get(parameter);
  if (value === null || value === "") return maximum;
  const size = Number(value);
  if (Number.isInteger(size) && size >= 0 && size <= 2 ** 31 - 1) return Math.min(size, maximum);
  const message = `Provided ${parameter} not an integer or within integer range`;
  throw invalidArgument(message, parameter, value);
}
