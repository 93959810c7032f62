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
import { labelsOf } from "./labelsOf.ts";

const { LABELS_TABLE } = environment("LABELS_TABLE");
const s3 = new S3Client({});
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const place = { s3, database, table: LABELS_TABLE };

export const handler = handleNotification(recordHandler);

/** Maintains labels by which photos can be found: their shape and their main colours. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, (change) =>
    syncItem(place, change, (object) =>
      describeImage(s3, change, object, ({ pixels }) => ({ labels: labelsOf(pixels) })),
    ),
  );
}
