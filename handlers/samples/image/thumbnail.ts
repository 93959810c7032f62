import {
  DeleteObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ObjectChange } from "../../lib/objectChanges/objectChange.ts";
import { type Outcome, skipped } from "../../lib/recordHandler.ts";
import { retryUntilUnchanged } from "../retryUntilUnchanged.ts";
import { type StoredObject, storedObject } from "../storedObject.ts";
import { decodeImage, readImage, UnusableImage } from "./decodeImage.ts";
import type { ImageFormat } from "./imageFormat.ts";

export type ThumbnailTarget = {
  readonly s3: S3Client;
  /** The bucket of thumbnails; a thumbnail has the key of its image. */
  readonly thumbnails: string;
  /** Side of the square that the thumbnail fits into, in pixels. @default 256 for every image */
  readonly sizeOf?: (object: StoredObject) => number;
};

/** Writes an object's thumbnail, or removes it when the object is gone or is no image. */
export async function syncThumbnail(
  target: ThumbnailTarget,
  { kind, bucket, key }: ObjectChange,
): Promise<Outcome> {
  if (kind === "other") return skipped("ignored", { reason: "not about an object's contents" });
  return retryUntilUnchanged(
    () => storedObject(target.s3, bucket, key),
    (object) => (object ? write(target, bucket, key, object) : remove(target, key)),
  );
}

/** Writes the thumbnail. If none can be made, removes the one of an earlier object with that key. */
async function write(
  target: ThumbnailTarget,
  bucket: string,
  key: string,
  object: StoredObject,
): Promise<Outcome> {
  const { s3, thumbnails, sizeOf = () => thumbnailSize } = target;
  const side = sizeOf(object);
  try {
    const bytes = await readImage(s3, { bucket, key, size: object.size });
    const { body, contentType } = await makeThumbnail(bytes, side);
    const place = { Bucket: thumbnails, Key: key };
    await s3.send(new PutObjectCommand({ ...place, Body: body, ContentType: contentType }));
    return { outcome: "thumbnail written", contentType, bytes: body.length };
  } catch (error) {
    if (error instanceof NoSuchKey) return remove(target, key);
    if (!(error instanceof UnusableImage)) throw error;
    await remove(target, key);
    return skipped("skipped", { reason: error.reason, detail: error.message });
  }
}

async function remove({ s3, thumbnails }: ThumbnailTarget, key: string): Promise<Outcome> {
  await s3.send(new DeleteObjectCommand({ Bucket: thumbnails, Key: key }));
  return { outcome: "thumbnail removed" };
}

export type Thumbnail = { readonly body: Buffer; readonly contentType: ThumbnailType };

/** Default side of the square that a thumbnail fits into, in pixels. */
export const thumbnailSize = 256;

/** The same format where every browser displays it, otherwise PNG. */
const contentTypes = {
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  bmp: "image/png",
  tiff: "image/png",
} as const satisfies Record<ImageFormat, string>;

type ThumbnailType = (typeof contentTypes)[ImageFormat];

/**
 * Scales an image down to fit into a square. The thumbnail is upright, keeps the proportions, is never
 * larger than the image, and has none of its metadata. Of an animation it shows the first frame.
 *
 * @param size side of the square, in pixels
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
