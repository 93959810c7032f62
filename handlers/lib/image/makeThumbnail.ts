import { decodedSize } from "./decodedSize/decodedSize.ts";
import { type ImageFormat, imageFormat } from "./imageFormat.ts";
import { Jimp } from "./jimp.ts";
import { UnusableImage } from "./unusableImage.ts";

export type Thumbnail = { readonly body: Buffer; readonly contentType: ThumbnailType };

/** Width and height of the square that a thumbnail fits into, in pixels. */
export const thumbnailSize = 256;

/** Decoded bytes: 25 megapixels of 8 bits a channel. Decoding takes several times as much memory. */
export const mostDecodedBytes = 100_000_000;

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
 * A picture of an image that fits into 256 by 256 pixels, upright, in its own proportions, never
 * enlarged, without the original's metadata. Of an animation it is the first frame.
 *
 * @throws UnusableImage when the bytes are no image, or one that cannot be decoded or is too large
 */
export async function makeThumbnail(bytes: Buffer): Promise<Thumbnail> {
  const format = imageFormat(bytes);
  if (format === undefined) {
    throw new UnusableImage("not an image", "begins like no PNG, JPEG, GIF, BMP or TIFF");
  }
  refuseBomb(bytes, format);
  try {
    const contentType = contentTypes[format];
    return { body: await resize(bytes, contentType), contentType };
  } catch (error) {
    throw cannotBeDecoded(error);
  }
}

function refuseBomb(bytes: Buffer, format: ImageFormat): void {
  if (decodedSizeOrUnusable(bytes, format) <= mostDecodedBytes) return;
  const megabytes = mostDecodedBytes / 1_000_000;
  throw new UnusableImage("too large", `would be more than ${megabytes} MB when decoded`);
}

function decodedSizeOrUnusable(bytes: Buffer, format: ImageFormat): number {
  try {
    return decodedSize(bytes, format, mostDecodedBytes);
  } catch (error) {
    throw cannotBeDecoded(error);
  }
}

async function resize(bytes: Buffer, contentType: ThumbnailType): Promise<Buffer> {
  const image = await Jimp.fromBuffer(bytes);
  if (image.width > thumbnailSize || image.height > thumbnailSize) {
    image.scaleToFit({ w: thumbnailSize, h: thumbnailSize });
  }
  if (contentType === "image/jpeg") return image.getBuffer(contentType, { quality: 80 });
  return image.getBuffer(contentType);
}

function cannotBeDecoded(error: unknown): UnusableImage {
  const detail = error instanceof Error ? error.message : String(error);
  return new UnusableImage("cannot be decoded", detail, { cause: error });
}
