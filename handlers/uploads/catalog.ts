import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange } from "../lib/objectChanges/forEachObjectChange.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { type Describe, syncItem } from "../samples/syncItem.ts";

const { CATALOG_TABLE } = environment("CATALOG_TABLE");
const place = {
  s3: new S3Client({}),
  database: DynamoDBDocumentClient.from(new DynamoDBClient({})),
  table: CATALOG_TABLE,
};

export const handler = handleBatch(recordHandler);

/** Maintains an item for every object in the upload bucket: key, size, type, etag, time, bucket. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, (change) => syncItem(place, change, describe));
}

const describe: Describe = (object, { bucket }) => ({
  size: object.size,
  type: object.contentType,
  etag: object.etag,
  time: object.lastModified.toISOString(),
  bucket,
});
