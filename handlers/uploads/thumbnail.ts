import { S3Client } from "@aws-sdk/client-s3";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange, type ObjectChange } from "../lib/objectChange.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { keepThumbnail } from "../samples/image/keepThumbnail.ts";
import { auditPrefix } from "./auditRecord.ts";

const { THUMBNAILS_BUCKET } = environment("THUMBNAILS_BUCKET");
const place = { s3: new S3Client({}), thumbnails: THUMBNAILS_BUCKET };

/** One at a time: decoding is all processor, and an image takes up to 1 GB of memory. */
export const handler = handleBatch(recordHandler, { parallel: false });

/** Keeps a thumbnail of every image in the upload bucket, under the same key in the other bucket. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, bringUpToDate);
}

async function bringUpToDate(change: ObjectChange): Promise<Outcome> {
  if (change.key.startsWith(auditPrefix)) {
    return { outcome: "skipped", reason: `"${auditPrefix}" is kept for the audit log` };
  }
  return keepThumbnail(place, change);
}
