import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { rememberedSeconds } from "../lib/idempotency.ts";
import { writeAll } from "./transaction.ts";

export type Addition = {
  /** Identifies the event and the sum: the same value is not added again for 30 days. */
  readonly event: string;
  /** Key of the item that holds the sums. The first addition creates it. */
  readonly key: Readonly<Record<string, string>>;
  /** How much to add, by attribute. */
  readonly add: Readonly<Record<string, number>>;
};

/**
 * Adds to the numbers of an item, once for each event, however often the event is delivered. A marker of
 * the event is written in the same transaction, so that the sums are exact under redelivery.
 *
 * @param tables `markers` has the partition key `id`, and the time-to-live attribute `expiration`
 * @returns false if the event had been added before
 */
export async function addOnce(
  database: DynamoDBDocumentClient,
  tables: { readonly sums: string; readonly markers: string },
  { event, key, add }: Addition,
): Promise<boolean> {
  const failed = await writeAll(database, [
    { Put: marker(tables.markers, event) },
    { Update: { TableName: tables.sums, Key: key, ...adding(Object.entries(add)) } },
  ]);
  return failed.length === 0;
}

function marker(table: string, event: string) {
  const expiration = Math.floor(Date.now() / 1000) + rememberedSeconds;
  return {
    TableName: table,
    Item: { id: event, expiration },
    ConditionExpression: "attribute_not_exists(id)",
  };
}

/** DynamoDB adds decimals exactly, up to 38 digits. */
function adding(numbers: readonly (readonly [name: string, by: number])[]) {
  const additions = numbers.map((_, index) => `#name${index} :by${index}`);
  const names = numbers.map(([name], index) => [`#name${index}`, name] as const);
  const values = numbers.map(([, by], index) => [`:by${index}`, by] as const);
  return {
    UpdateExpression: `ADD ${additions.join(", ")}`,
    ExpressionAttributeNames: Object.fromEntries(names),
    ExpressionAttributeValues: Object.fromEntries(values),
  };
}
