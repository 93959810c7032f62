import { decodeImage } from "./decodeImage.ts";
import type { ImageFormat } from "./imageFormat.ts";

export type Thumbnail = { readonly body: Buffer; readonly contentType: ThumbnailType };

/** Width and height of the square that a thumbnail fits into, in pixels, unless another is asked for. */
export const thumbnailSize = 256;

/** The same format where every browser shows it, else PNG. */
const contentTypes = {
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  bmp: "image/png",
  tiff: "image/png",
} as const satisfies Record<ImageFormat, string>;

type ThumbnailType = (typeof contentTypes)[ImageFormat];

/**
 * A picture of an image that fits into a square, upright, in its own proportions, never enlarged,
 * without the original's metadata. Of an animation it is the first frame.
 *
 * @param size of the square's sides, in pixels
 * @throws UnusableImage when the bytes are no image, or one that cannot be decoded or is too large
 */
export async function makeThumbnail(bytes: Buffer, size = thumbnailSize): Promise<Thumbnail> {
  const { pixels, format } = await decodeImage(bytes);
  if (pixels.width > size || pixels.height > size) pixels.scaleToFit({ w: size, h: size });
  const contentType = contentTypes[format];
  const body =
    contentType === "image/jpeg"
      ? await pixels.getBuffer(contentType, { quality: 80 })
      : await pixels.getBuffer(contentType);
  return { body, contentType };
}
