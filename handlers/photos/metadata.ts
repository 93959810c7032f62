import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleNotification } from "../lib/directNotification.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange } from "../lib/objectChanges/forEachObjectChange.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { syncItem } from "../samples/syncItem.ts";
import { describeImage } from "./describeImage.ts";

const { METADATA_TABLE } = environment("METADATA_TABLE");
const s3 = new S3Client({});
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const place = { s3, database, table: METADATA_TABLE };

export const handler = handleNotification(recordHandler);

/** Maintains the format of each photo and its width and height in pixels, upright. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, (change) =>
    syncItem(place, change, async (object) => ({
      size: object.size,
      type: object.contentType,
      time: object.lastModified.toISOString(),
      ...(await describeImage(s3, change, object, ({ pixels, format }) => ({
        format,
        width: pixels.width,
        height: pixels.height,
      }))),
    })),
  );
}
