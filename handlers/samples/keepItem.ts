import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { NoSuchKey, type S3Client } from "@aws-sdk/client-s3";
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ObjectChange } from "../lib/objectChange.ts";
import { PermanentError } from "../lib/permanentError.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { sortableSequencer } from "../lib/sequencer.ts";
import { type StoredObject, storedObject } from "./storedObject.ts";
import { untilSettled } from "./untilSettled.ts";

export type ItemPlace = {
  readonly s3: S3Client;
  readonly database: DynamoDBDocumentClient;
  /** Partition key `key`: the object's. */
  readonly table: string;
};

/** What an item says of its object. */
export type Describe = (object: StoredObject, change: ObjectChange) => Fields | Promise<Fields>;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Brings an object's item in a table up to date: entered, or struck when the object is gone. The item
 * keeps the event's sequencer, so that a late event of the same key does not undo a later one.
 */
export async function keepItem(
  place: ItemPlace,
  change: ObjectChange,
  describe: Describe,
): Promise<Outcome> {
  const { kind, bucket, key, sequencer } = change;
  if (kind === "other") return { outcome: "ignored", reason: "not about an object's contents" };
  if (sequencer === undefined) throw new PermanentError(`a ${change.eventName} has no sequencer`);
  const position = sortableSequencer(sequencer);
  return unlessNewer(() =>
    untilSettled(
      () => storedObject(place.s3, bucket, key),
      async (object) => {
        const fields = object && (await unlessGone(() => describe(object, change)));
        return fields ? enter(place, key, fields, position) : strike(place, key, position);
      },
    ),
  );
}

async function enter(
  { database, table }: ItemPlace,
  key: string,
  fields: Fields,
  sequencer: string,
): Promise<Outcome> {
  const Item = { key, ...fields, sequencer };
  await database.send(new PutCommand({ TableName: table, Item, ...notOlder(sequencer) }));
  return { outcome: "entered" };
}

async function strike(
  { database, table }: ItemPlace,
  key: string,
  sequencer: string,
): Promise<Outcome> {
  await database.send(
    new DeleteCommand({ TableName: table, Key: { key }, ...notOlder(sequencer) }),
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

async function unlessGone(read: () => Fields | Promise<Fields>): Promise<Fields | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
