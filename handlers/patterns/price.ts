import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { parseJson } from "../lib/parseJson.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { identifier } from "../samples/fields.ts";

const { PRICES_TABLE, TOTALS_TABLE } = environment("PRICES_TABLE", "TOTALS_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const purchase = v.object({
  orderId: identifier,
  sku: identifier,
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
});

export const handler = handleBatch(recordHandler);

/**
 * Calculates the total of an order. It fails for an article without a price. To recover, enter the price and
 * move the message back from the dead-letter queue.
 */
async function recordHandler({ body }: Message): Promise<Outcome> {
  const { orderId, sku, quantity } = parseJson(purchase, body, "purchase");
  const price = await priceOf(sku);
  const total = quantity * price;
  const Item = { orderId, sku, quantity, total };
  await database.send(new PutCommand({ TableName: TOTALS_TABLE, Item }));
  return { outcome: "priced", ...Item };
}

/** In cents. */
async function priceOf(sku: string): Promise<number> {
  const { Item } = await database.send(
    new GetCommand({ TableName: PRICES_TABLE, Key: { sku }, ConsistentRead: true }),
  );
  if (typeof Item?.price !== "number") throw new Error(`the article ${sku} has no price`);
  return Item.price;
}
