import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { readPurchase } from "../samples/purchase.ts";
import { reserveOnce } from "../samples/stock.ts";

const { INVENTORY_TABLE, LEDGER_TABLE } = environment("INVENTORY_TABLE", "LEDGER_TABLE");
const tables = { inventory: INVENTORY_TABLE, ledger: LEDGER_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One after another: orders update the same stock, and would conflict. */
export const handler = handleBatch(recordHandler, { parallel: false });

/** Reserves all items of an order or none, once. */
async function recordHandler(message: Message): Promise<Outcome> {
  const purchase = readPurchase(message.body);
  const { orderId } = purchase;
  const { status, ...details } = await reserveOnce(database, tables, purchase);
  return status === "known"
    ? skipped("unchanged", { orderId })
    : { outcome: status, orderId, ...details };
}
