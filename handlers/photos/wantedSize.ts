import * as v from "valibot";
import { parse } from "../lib/parseJson.ts";
import { thumbnailSize } from "../samples/image/makeThumbnail.ts";
import type { StoredObject } from "../samples/storedObject.ts";

const smallest = 16;
const largest = 2048;

const metadata = v.object({
  size: v.optional(
    v.pipe(
      v.string(),
      v.digits(`Invalid size: Expected ${smallest} to ${largest} pixels`),
      v.transform(Number),
      v.minValue(smallest),
      v.maxValue(largest),
    ),
  ),
});

/**
 * Width and height of the square that a photo's small copy fits into, in pixels: the uploader's metadata
 * `size`, 16 to 2048, or 256.
 *
 * @throws PermanentError when the uploader wants something else
 */
export function wantedSize(object: StoredObject): number {
  return parse(metadata, object.metadata, "photo's metadata").size ?? thumbnailSize;
}
