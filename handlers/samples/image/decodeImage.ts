import { decodedSize } from "./decodedSize/decodedSize.ts";
import { type ImageFormat, imageFormat } from "./imageFormat.ts";
import { Jimp } from "./jimp.ts";
import { UnusableImage } from "./unusableImage.ts";

/** Decoded bytes: 25 megapixels of 8 bits a channel. Decoding takes several times as much memory. */
export const mostDecodedBytes = 100_000_000;

/** An image's pixels, upright. */
type Pixels = Awaited<ReturnType<typeof Jimp.fromBuffer>>;

/**
 * The image that some bytes are; of an animation, its first frame.
 *
 * @throws UnusableImage when the bytes are no image, or one that cannot be decoded or is too large
 */
export async function decodeImage(bytes: Buffer): Promise<{ pixels: Pixels; format: ImageFormat }> {
  const format = imageFormat(bytes);
  if (format === undefined) {
    throw new UnusableImage("not an image", "begins like no PNG, JPEG, GIF, BMP or TIFF");
  }
  refuseBomb(bytes, format);
  try {
    return { pixels: await Jimp.fromBuffer(bytes), format };
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

function cannotBeDecoded(error: unknown): UnusableImage {
  const detail = error instanceof Error ? error.message : String(error);
  return new UnusableImage("cannot be decoded", detail, { cause: error });
}
