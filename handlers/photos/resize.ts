import { S3Client } from "@aws-sdk/client-s3";
import { handleNotification } from "../lib/directNotification.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange } from "../lib/objectChange.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { keepThumbnail } from "../samples/image/keepThumbnail.ts";
import { wantedSize } from "./wantedSize.ts";

const { RESIZED_BUCKET } = environment("RESIZED_BUCKET");
const place = { s3: new S3Client({}), thumbnails: RESIZED_BUCKET, sizeOf: wantedSize };

export const handler = handleNotification(recordHandler);

/** Keeps a small copy of every photo, as small as its uploader wants it. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, (change) => keepThumbnail(place, change));
}
