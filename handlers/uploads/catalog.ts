import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { forEachObjectChange, type ObjectChange } from "../lib/objectChange.ts";
import { PermanentError } from "../lib/permanentError.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { type StoredObject, storedObject } from "../lib/storedObject.ts";
import { untilSettled } from "../lib/untilSettled.ts";
import { sortableSequencer } from "./sequencer.ts";

const { CATALOG_TABLE } = environment("CATALOG_TABLE");
const s3 = new S3Client({});
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleBatch(recordHandler);

/** Keeps an item for every object in the upload bucket: key, size, type, etag, time, bucket. */
function recordHandler(message: Message): Promise<Outcome[]> {
  return forEachObjectChange(message, bringUpToDate);
}

async function bringUpToDate(change: ObjectChange): Promise<Outcome> {
  const { kind, bucket, key, sequencer } = change;
  if (kind === "other") return { outcome: "ignored", reason: "not about an object's contents" };
  if (sequencer === undefined) throw new PermanentError(`a ${change.eventName} has no sequencer`);
  const position = sortableSequencer(sequencer);
  return unlessNewer(() =>
    untilSettled(
      () => storedObject(s3, bucket, key),
      (object) => (object ? enter(bucket, key, object, position) : strike(key, position)),
    ),
  );
}

async function enter(
  bucket: string,
  key: string,
  object: StoredObject,
  sequencer: string,
): Promise<Outcome> {
  const item = {
    key,
    size: object.size,
    type: object.contentType,
    etag: object.etag,
    time: object.lastModified.toISOString(),
    bucket,
    sequencer,
  };
  await database.send(
    new PutCommand({ TableName: CATALOG_TABLE, Item: item, ...notOlder(sequencer) }),
  );
  return { outcome: "entered" };
}

async function strike(key: string, sequencer: string): Promise<Outcome> {
  await database.send(
    new DeleteCommand({ TableName: CATALOG_TABLE, Key: { key }, ...notOlder(sequencer) }),
  );
  return { outcome: "struck" };
}

/** Holds unless the item tells of a later event of the same key. */
function notOlder(sequencer: string) {
  return {
    ConditionExpression: "attribute_not_exists(#key) OR #sequencer <= :sequencer",
    ExpressionAttributeNames: { "#key": "key", "#sequencer": "sequencer" },
    ExpressionAttributeValues: { ":sequencer": sequencer },
  };
}

async function unlessNewer(write: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { outcome: "unchanged", reason: "the item tells of a later event" };
  }
}
