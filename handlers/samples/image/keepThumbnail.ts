import {
  DeleteObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ObjectChange } from "../../lib/objectChange.ts";
import type { Outcome } from "../../lib/recordHandler.ts";
import { type StoredObject, storedObject } from "../storedObject.ts";
import { untilSettled } from "../untilSettled.ts";
import { makeThumbnail, thumbnailSize } from "./makeThumbnail.ts";
import { readImage } from "./readImage.ts";
import { UnusableImage } from "./unusableImage.ts";

export type ThumbnailPlace = {
  readonly s3: S3Client;
  /** Where the thumbnail is kept, under the image's key. */
  readonly thumbnails: string;
  /** Of the square that the thumbnail fits into, in pixels. @default 256 for every image */
  readonly sizeOf?: (object: StoredObject) => number;
};

/** Brings an object's thumbnail up to date: written, or removed when there is no image any more. */
export async function keepThumbnail(
  place: ThumbnailPlace,
  { kind, bucket, key }: ObjectChange,
): Promise<Outcome> {
  if (kind === "other") return { outcome: "ignored", reason: "not about an object's contents" };
  return untilSettled(
    () => storedObject(place.s3, bucket, key),
    (object) => (object ? show(place, bucket, key, object) : remove(place, key)),
  );
}

/** Writes the thumbnail, or removes the one of what was there before, when none can be made of this. */
async function show(
  place: ThumbnailPlace,
  bucket: string,
  key: string,
  object: StoredObject,
): Promise<Outcome> {
  const { s3, thumbnails, sizeOf = () => thumbnailSize } = place;
  const side = sizeOf(object);
  try {
    const bytes = await readImage(s3, { bucket, key, size: object.size });
    const { body, contentType } = await makeThumbnail(bytes, side);
    const target = { Bucket: thumbnails, Key: key };
    await s3.send(new PutObjectCommand({ ...target, Body: body, ContentType: contentType }));
    return { outcome: "thumbnail written", contentType, bytes: body.length };
  } catch (error) {
    if (error instanceof NoSuchKey) return remove(place, key);
    if (!(error instanceof UnusableImage)) throw error;
    await remove(place, key);
    return { outcome: "skipped", reason: error.reason, detail: error.message };
  }
}

async function remove({ s3, thumbnails }: ThumbnailPlace, key: string): Promise<Outcome> {
  await s3.send(new DeleteObjectCommand({ Bucket: thumbnails, Key: key }));
  return { outcome: "thumbnail removed" };
}
