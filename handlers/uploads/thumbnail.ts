import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import { makeThumbnail } from "../lib/image/makeThumbnail.ts";
import { UnusableImage } from "../lib/image/unusableImage.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange, type ObjectChange } from "../lib/objectChange.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { type StoredObject, storedObject } from "../lib/storedObject.ts";
import { untilSettled } from "../lib/untilSettled.ts";
import { auditPrefix } from "./auditRecord.ts";

const { THUMBNAILS_BUCKET } = environment("THUMBNAILS_BUCKET");
const s3 = new S3Client({});

/** Bytes: larger objects are not read. */
const mostBytes = 20 * 1024 * 1024;

/** One at a time: decoding is all processor, and an image takes up to 1 GB of memory. */
export const handler = handleBatch(recordHandler, { parallel: false });

/** Keeps a thumbnail of every image in the upload bucket, under the same key in the other bucket. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, bringUpToDate);
}

async function bringUpToDate({ kind, bucket, key }: ObjectChange): Promise<Outcome> {
  if (kind === "other") return { outcome: "ignored", reason: "not about an object's contents" };
  if (key.startsWith(auditPrefix)) {
    return { outcome: "skipped", reason: `"${auditPrefix}" is kept for the audit log` };
  }
  return untilSettled(
    () => storedObject(s3, bucket, key),
    (object) => (object ? show(bucket, key, object) : remove(key)),
  );
}

/** Writes the thumbnail, or removes the one of what was there before, when none can be made of this. */
async function show(bucket: string, key: string, object: StoredObject): Promise<Outcome> {
  try {
    const { body, contentType } = await makeThumbnail(await read(bucket, key, object));
    const target = { Bucket: THUMBNAILS_BUCKET, Key: key };
    await s3.send(new PutObjectCommand({ ...target, Body: body, ContentType: contentType }));
    return { outcome: "thumbnail written", contentType, bytes: body.length };
  } catch (error) {
    if (error instanceof NoSuchKey) return remove(key);
    if (!(error instanceof UnusableImage)) throw error;
    await remove(key);
    return { outcome: "skipped", reason: error.reason, detail: error.message };
  }
}

async function read(bucket: string, key: string, { size }: StoredObject): Promise<Buffer> {
  if (size > mostBytes) {
    throw new UnusableImage("too large", `has ${size} bytes, over the limit of ${mostBytes}`);
  }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function remove(key: string): Promise<Outcome> {
  await s3.send(new DeleteObjectCommand({ Bucket: THUMBNAILS_BUCKET, Key: key }));
  return { outcome: "thumbnail removed" };
}
