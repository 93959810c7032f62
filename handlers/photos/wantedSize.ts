import * as v from "valibot";
import { parse } from "../lib/parseJson.ts";
import { thumbnailSize } from "../samples/image/thumbnail.ts";
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
 * Side of the square that the small copy of a photo fits into, in pixels: the uploader's metadata `size`, 16
 * to 2048. @default 256
 *
 * @throws PermanentError when `size` is anything else
 */
export function wantedSize(object: StoredObject): number {
  return parse(metadata, object.metadata, "photo's metadata").size ?? thumbnailSize;
}
