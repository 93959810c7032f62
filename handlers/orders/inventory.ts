import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleFifoBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { enterInLedger, readLedger } from "../samples/stock/ledger.ts";
import { reserveOnce } from "../samples/stock/reserveOnce.ts";
import { givingBack, ledgerRefused } from "../samples/stock/stock.ts";
import { writeAll } from "../samples/transaction.ts";
import { type Order, readOrder } from "./order.ts";

const { INVENTORY_TABLE, LEDGER_TABLE } = environment("INVENTORY_TABLE", "LEDGER_TABLE");
const tables = { inventory: INVENTORY_TABLE, ledger: LEDGER_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleFifoBatch(recordHandler);

/**
 * Keeps the stock. What an order holds of it is in the ledger, written together with the stock or not
 * at all, so that an event that comes again changes nothing.
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
  if (entry === undefined) return refuseInAdvance(orderId);
  if (entry.status !== "reserved") return unchanged(`the order is ${entry.status}`);
  const failed = await writeAll(database, givingBack(tables, orderId, entry.items));
  if (ledgerRefused(failed)) return unchanged("the order was given back by another");
  return { outcome: "given back", items: entry.items };
}

/** The order was never placed here: its first event is in the dead-letter queue, and may come yet. */
async function refuseInAdvance(orderId: string): Promise<Outcome> {
  const entry = { orderId, status: "cancelled" } as const;
  const entered = await enterInLedger(database, LEDGER_TABLE, entry);
  if (!entered) throw new Error(`order ${orderId} was entered in the ledger a moment ago`);
  return { outcome: "cancelled before it was placed" };
}

function unchanged(reason: string): Outcome {
  return { outcome: "unchanged", reason };
}
