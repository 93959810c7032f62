import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { PurchaseLine } from "./purchase.ts";
import { putOnce } from "./putOnce.ts";
import type { FailedCondition, TransactionItems } from "./transaction.ts";
import { writeAll } from "./transaction.ts";

export type Reservation =
  | { readonly status: "reserved"; readonly items: readonly Quantity[] }
  | { readonly status: "rejected"; readonly reason: string }
  /** The order was reserved or rejected before. */
  | { readonly status: "known" };

/**
 * Reserves all of an order or nothing, once, however often it is called. The ledger records what an order
 * holds, in the same transaction as the stock. A shortage is a result, not an error.
 */
export async function reserveOnce(
  database: DynamoDBDocumentClient,
  tables: Tables,
  { orderId, items }: { readonly orderId: string; readonly items: readonly PurchaseLine[] },
): Promise<Reservation> {
  const quantities = wanted(items);
  const failed = await writeAll(database, reserving(tables, orderId, quantities));
  if (failed.length === 0) return { status: "reserved", items: quantities };
  if (ledgerRefused(failed)) return { status: "known" };
  const reason = shortage(quantities, failed);
  const entry = { orderId, status: "rejected", reason } as const;
  const entered = await addToLedger(database, tables.ledger, entry);
  return entered ? { status: "rejected", reason } : { status: "known" };
}

const ledgerEntry = v.object({
  status: v.picklist(["reserved", "rejected", "cancelled"]),
  items: v.array(v.object({ sku: v.string(), quantity: v.number() })),
});

/** What an order holds of the stock. */
export type LedgerEntry = v.InferOutput<typeof ledgerEntry>;

export async function readLedger(
  database: DynamoDBDocumentClient,
  ledger: string,
  orderId: string,
): Promise<LedgerEntry | undefined> {
  const { Item } = await database.send(
    new GetCommand({ TableName: ledger, Key: { orderId }, ConsistentRead: true }),
  );
  return Item && v.parse(ledgerEntry, Item);
}

/** Adds an order that holds nothing. Returns false, and writes nothing, if the ledger has the order. */
export function addToLedger(
  database: DynamoDBDocumentClient,
  ledger: string,
  entry: {
    readonly orderId: string;
    readonly status: "rejected" | "cancelled";
    readonly reason?: string;
  },
): Promise<boolean> {
  return putOnce(database, ledger, "orderId", { ...entry, items: [] });
}

/** How many pieces of one sku. */
export type Quantity = { readonly sku: string; readonly quantity: number };

export type Tables = { readonly inventory: string; readonly ledger: string };

/** The quantity of each sku in an order, summed over its lines. */
export function wanted(items: readonly PurchaseLine[]): Quantity[] {
  const bySku = Map.groupBy(items, ({ sku }) => sku);
  return [...bySku].map(([sku, lines]) => ({
    sku,
    quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}

/** Takes the items of an order out of stock and adds the order to the ledger, if the ledger does not have it. */
export function reserving(
  { inventory, ledger }: Tables,
  orderId: string,
  items: readonly Quantity[],
): TransactionItems {
  const entry = {
    TableName: ledger,
    Item: { orderId, status: "reserved", items },
    ConditionExpression: "attribute_not_exists(orderId)",
  };
  const updates = items.map(({ sku, quantity }) => ({
    Update: {
      TableName: inventory,
      Key: { sku },
      UpdateExpression: "SET stock = stock - :quantity",
      ConditionExpression: "stock >= :quantity",
      ExpressionAttributeValues: { ":quantity": quantity },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    },
  }));
  return [{ Put: entry }, ...updates];
}

/** Puts the items of an order back into stock, if the order is still reserved. */
export function releasing(
  { inventory, ledger }: Tables,
  orderId: string,
  items: readonly Quantity[],
): TransactionItems {
  const entry = {
    TableName: ledger,
    Key: { orderId },
    UpdateExpression: "SET #status = :cancelled",
    ConditionExpression: "#status = :reserved",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":reserved": "reserved", ":cancelled": "cancelled" },
  };
  const updates = items.map(({ sku, quantity }) => ({
    Update: {
      TableName: inventory,
      Key: { sku },
      UpdateExpression: "ADD stock :quantity",
      ExpressionAttributeValues: { ":quantity": quantity },
    },
  }));
  return [{ Update: entry }, ...updates];
}

/** The ledger entry is the first item of both transactions. */
export function ledgerRefused(failed: readonly FailedCondition[]): boolean {
  return failed.some(({ index }) => index === 0);
}

/** Why an order could not be reserved: `chair: 5 wanted, 3 in stock; sofa: not in the range`. */
export function shortage(items: readonly Quantity[], failed: readonly FailedCondition[]): string {
  const reasons = failed.map(({ index, item }) => {
    const short = items[index - 1];
    const stock = item?.stock?.N;
    if (stock === undefined) return `${short?.sku}: not in the range`;
    return `${short?.sku}: ${short?.quantity} wanted, ${stock} in stock`;
  });
  return reasons.join("; ");
}
