import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { environment } from "../lib/environment.ts";
import { handleFifoBatch } from "../lib/fifoBatch.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import {
  addToLedger,
  ledgerRefused,
  readLedger,
  releasing,
  reserveOnce,
} from "../samples/stock.ts";
import { writeAll } from "../samples/transaction.ts";
import { type Order, readOrder } from "./order.ts";

const { INVENTORY_TABLE, LEDGER_TABLE } = environment("INVENTORY_TABLE", "LEDGER_TABLE");
const tables = { inventory: INVENTORY_TABLE, ledger: LEDGER_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleFifoBatch(recordHandler);

/**
 * Updates the stock. The ledger records what an order holds, in the same transaction as the stock, so that a
 * repeated event changes nothing.
 */
async function recordHandler(message: Message): Promise<Outcome> {
  const order = readOrder(message.body);
  const { orderId, event } = order;
  return { ...(await handle[event](order)), orderId, event };
}

const handle = {
  placed: reserve,
  cancelled: giveBack,
  paid: async () => unchanged("payment moves no stock"),
} satisfies Record<Order["event"], (order: Order) => Promise<Outcome>>;

async function reserve(order: Order): Promise<Outcome> {
  const { status, ...details } = await reserveOnce(database, tables, order);
  return status === "known"
    ? unchanged("the order is in the ledger")
    : { outcome: status, ...details };
}

async function giveBack({ orderId }: Order): Promise<Outcome> {
  const entry = await readLedger(database, LEDGER_TABLE, orderId);
  if (entry === undefined) return cancelInAdvance(orderId);
  if (entry.status !== "reserved") return unchanged(`the order is ${entry.status}`);
  const failed = await writeAll(database, releasing(tables, orderId, entry.items));
  if (ledgerRefused(failed)) return unchanged("the order was given back by another");
  return { outcome: "given back", items: entry.items };
}

/** The order was never placed here: its first event may be in the dead-letter queue and arrive later. */
async function cancelInAdvance(orderId: string): Promise<Outcome> {
  const entry = { orderId, status: "cancelled" } as const;
  const entered = await addToLedger(database, LEDGER_TABLE, entry);
  if (!entered) throw new Error(`order ${orderId} was entered in the ledger a moment ago`);
  return { outcome: "cancelled before it was placed" };
}

function unchanged(reason: string): Outcome {
  return skipped("unchanged", { reason });
}
