import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleNotification } from "../lib/directNotification.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange } from "../lib/objectChange.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { keepItem } from "../samples/keepItem.ts";
import { labelsOf } from "./labelsOf.ts";
import { lookAt } from "./lookAt.ts";

const { LABELS_TABLE } = environment("LABELS_TABLE");
const s3 = new S3Client({});
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const place = { s3, database, table: LABELS_TABLE };

export const handler = handleNotification(recordHandler);

/** Keeps labels by which photos can be found: their shape, and the colours that they mostly have. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, (change) =>
    keepItem(place, change, (object) =>
      lookAt(s3, change, object, ({ pixels }) => ({ labels: labelsOf(pixels) })),
    ),
  );
}
