import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { NoSuchKey, type S3Client } from "@aws-sdk/client-s3";
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ObjectChange } from "../lib/objectChanges/objectChange.ts";
import { sortableSequencer } from "../lib/objectChanges/sequencer.ts";
import { PermanentError } from "../lib/permanentError.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { retryUntilUnchanged } from "./retryUntilUnchanged.ts";
import { type StoredObject, storedObject } from "./storedObject.ts";

export type ItemTarget = {
  readonly s3: S3Client;
  readonly database: DynamoDBDocumentClient;
  /** Has the partition key `key`, which is the key of the object. */
  readonly table: string;
};

/** Returns the fields of an object's item. */
export type Describe = (object: StoredObject, change: ObjectChange) => Fields | Promise<Fields>;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Upserts an object's item in a table, or deletes it when the object is gone. The item keeps the event's
 * sequencer, so that an event that arrives late does not undo a later one of the same key.
 */
export async function syncItem(
  target: ItemTarget,
  change: ObjectChange,
  describe: Describe,
): Promise<Outcome> {
  const { kind, bucket, key, sequencer } = change;
  if (kind === "other") return skipped("ignored", { reason: "not about an object's contents" });
  if (sequencer === undefined) throw new PermanentError(`a ${change.eventName} has no sequencer`);
  const position = sortableSequencer(sequencer);
  return unlessNewer(() =>
    retryUntilUnchanged(
      () => storedObject(target.s3, bucket, key),
      async (object) => {
        const fields = object && (await unlessGone(() => describe(object, change)));
        return fields ? upsert(target, key, fields, position) : deleteItem(target, key, position);
      },
    ),
  );
}

async function upsert(
  { database, table }: ItemTarget,
  key: string,
  fields: Fields,
  sequencer: string,
): Promise<Outcome> {
  const Item = { key, ...fields, sequencer };
  await database.send(new PutCommand({ TableName: table, Item, ...notOlder(sequencer) }));
  return { outcome: "upserted" };
}

async function deleteItem(
  { database, table }: ItemTarget,
  key: string,
  sequencer: string,
): Promise<Outcome> {
  await database.send(
    new DeleteCommand({ TableName: table, Key: { key }, ...notOlder(sequencer) }),
  );
  return { outcome: "deleted" };
}

/** The condition of a write: no later event of the same key has written the item. */
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
    return skipped("unchanged", { reason: "the item is of a later event" });
  }
}

async function unlessGone(read: () => Fields | Promise<Fields>): Promise<Fields | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
