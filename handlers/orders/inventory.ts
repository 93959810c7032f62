import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { handleFifoBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { putOnce } from "../lib/putOnce.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { writeAll } from "../lib/transaction.ts";
import { type Order, readOrder } from "./order.ts";
import { givingBack, ledgerRefused, reserving, shortage, wanted } from "./stock.ts";

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

/** All of the order or nothing of it. That there is too little is an outcome, and not an error. */
async function reserve({ orderId, items }: Order): Promise<Outcome> {
  const quantities = wanted(items);
  const failed = await writeAll(database, reserving(tables, orderId, quantities));
  if (failed.length === 0) return { outcome: "reserved", items: quantities };
  if (ledgerRefused(failed)) return unchanged("the order is in the ledger");
  const reason = shortage(quantities, failed);
  const entered = await enter({ orderId, status: "rejected", items: [], reason });
  return entered ? { outcome: "rejected", reason } : unchanged("the order is in the ledger");
}

async function giveBack({ orderId }: Order): Promise<Outcome> {
  const entry = await ledgerEntry(orderId);
  if (entry === undefined) return refuseInAdvance(orderId);
  if (entry.status !== "reserved") return unchanged(`the order is ${entry.status}`);
  const failed = await writeAll(database, givingBack(tables, orderId, entry.items));
  if (ledgerRefused(failed)) return unchanged("the order was given back by another");
  return { outcome: "given back", items: entry.items };
}

/** The order was never placed here: its first event is in the dead-letter queue, and may come yet. */
async function refuseInAdvance(orderId: string): Promise<Outcome> {
  const entered = await enter({ orderId, status: "cancelled", items: [] });
  if (!entered) throw new Error(`order ${orderId} was entered in the ledger a moment ago`);
  return { outcome: "cancelled before it was placed" };
}

const ledgerEntryShape = v.object({
  status: v.picklist(["reserved", "rejected", "cancelled"]),
  items: v.array(v.object({ sku: v.string(), quantity: v.number() })),
});

type LedgerEntry = v.InferOutput<typeof ledgerEntryShape>;

async function ledgerEntry(orderId: string): Promise<LedgerEntry | undefined> {
  const { Item } = await database.send(
    new GetCommand({ TableName: LEDGER_TABLE, Key: { orderId }, ConsistentRead: true }),
  );
  return Item && v.parse(ledgerEntryShape, Item);
}

/** Returns false, and writes nothing, when the ledger knows the order. */
function enter(
  entry: LedgerEntry & { readonly orderId: string; readonly reason?: string },
): Promise<boolean> {
  return putOnce(database, LEDGER_TABLE, "orderId", entry);
}

function unchanged(reason: string): Outcome {
  return { outcome: "unchanged", reason };
}
