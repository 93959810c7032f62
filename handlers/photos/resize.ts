import { S3Client } from "@aws-sdk/client-s3";
import { handleNotification } from "../lib/directNotification.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange } from "../lib/objectChanges/forEachObjectChange.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { syncThumbnail } from "../samples/image/thumbnail.ts";
import { wantedSize } from "./wantedSize.ts";

const { RESIZED_BUCKET } = environment("RESIZED_BUCKET");
const place = { s3: new S3Client({}), thumbnails: RESIZED_BUCKET, sizeOf: wantedSize };

export const handler = handleNotification(recordHandler);

/** Maintains a small copy of every photo, in the size that its uploader chose. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, (change) => syncThumbnail(place, change));
}
