import type { ListingEntry, ListingRequest } from "../listing.ts";

/** The key or common prefix after which the next page begins. */
export function markerOf(entry: ListingEntry): string {
  return "object" in entry ? entry.object.key : entry.commonPrefix;
}

/**
 * Where a page after `marker` begins. A marker that is a common prefix of the listing stands for
 * everything under it.
 * @param sequence of the version of that key after which to go on; 0 goes on with the next key
 */
export function afterMarker(
  marker: string,
  sequence: number,
  prefix: string,
  delimiter: string | undefined,
): NonNullable<ListingRequest["after"]> {
  const firstEnd =
    delimiter && marker.startsWith(prefix) ? marker.indexOf(delimiter, prefix.length) : -1;
  const isCommonPrefix =
    delimiter !== undefined && firstEnd >= 0 && firstEnd + delimiter.length === marker.length;
  return isCommonPrefix ? { commonPrefix: marker } : { key: marker, sequence };
}
