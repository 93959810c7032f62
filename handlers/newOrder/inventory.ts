import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { readPurchase } from "../samples/purchase.ts";
import { reserveOnce } from "../samples/stock/reserveOnce.ts";

const { INVENTORY_TABLE, LEDGER_TABLE } = environment("INVENTORY_TABLE", "LEDGER_TABLE");
const tables = { inventory: INVENTORY_TABLE, ledger: LEDGER_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One after another: orders share the stock of an article, and would get in each other's way. */
export const handler = handleBatch(recordHandler, { parallel: false });

/** Reserves what is ordered, all of it or nothing, once. */
async function recordHandler(message: Message): Promise<Outcome> {
  const purchase = readPurchase(message.body);
  const { status, ...details } = await reserveOnce(database, tables, purchase);
  const outcome = status === "known" ? "unchanged" : status;
  return { outcome, orderId: purchase.orderId, ...details };
}
