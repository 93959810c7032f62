import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createJimp } from "@jimp/core";
import bmp from "@jimp/js-bmp";
import gif from "@jimp/js-gif";
import jpeg from "@jimp/js-jpeg";
import png from "@jimp/js-png";
import tiff from "@jimp/js-tiff";
import { methods as resize } from "@jimp/plugin-resize";
import { decodedSize } from "./decodedSize.ts";
import { type ImageFormat, imageFormat } from "./imageFormat.ts";

/** Limit of decoded bytes: 25 megapixels of 8 bits a channel. Decoding needs several times that memory. */
export const mostDecodedBytes = 100_000_000;

/** An image's pixels, upright. */
type Pixels = Awaited<ReturnType<typeof Jimp.fromBuffer>>;

/**
 * Decodes an image; of an animation, its first frame.
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

/** Larger objects are not read, in bytes. */
const mostBytes = 20 * 1024 * 1024;

/**
 * Reads the bytes of an object that may be an image.
 *
 * @throws UnusableImage when it is too large
 * @throws NoSuchKey when it no longer exists
 */
export async function readImage(
  s3: S3Client,
  { bucket, key, size }: { bucket: string; key: string; size: number },
): Promise<Buffer> {
  if (size > mostBytes) {
    throw new UnusableImage("too large", `has ${size} bytes, over the limit of ${mostBytes}`);
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** Why bytes cannot be used as an image. A retry does not change it. */
export type UnusableReason = "not an image" | "cannot be decoded" | "too large";

export class UnusableImage extends Error {
  override readonly name = "UnusableImage";
  readonly reason: UnusableReason;

  constructor(reason: UnusableReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}

/** Only what thumbnails need of Jimp: a third smaller, and a third faster to load, than all of it. */
export const Jimp = createJimp({ formats: [bmp, gif, jpeg, png, tiff], plugins: [resize] });
