import { S3Client } from "@aws-sdk/client-s3";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange } from "../lib/objectChanges/forEachObjectChange.ts";
import type { ObjectChange } from "../lib/objectChanges/objectChange.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { syncThumbnail } from "../samples/image/thumbnail.ts";
import { auditPrefix } from "./auditRecord.ts";

const { THUMBNAILS_BUCKET } = environment("THUMBNAILS_BUCKET");
const place = { s3: new S3Client({}), thumbnails: THUMBNAILS_BUCKET };

/** One at a time: decoding is bound by the processor, and an image needs up to 1 GB of memory. */
export const handler = handleBatch(recordHandler, { parallel: false });

/** Maintains a thumbnail of every image in the upload bucket, with the same key in another bucket. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, sync);
}

async function sync(change: ObjectChange): Promise<Outcome> {
  if (change.key.startsWith(auditPrefix)) {
    return skipped("skipped", { reason: `"${auditPrefix}" is reserved for the audit log` });
  }
  return syncThumbnail(place, change);
}
