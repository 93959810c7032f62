import type { PurchaseLine } from "../purchase.ts";
import type { FailedCondition, TransactionItems } from "../transaction.ts";

/** How many pieces of one sku. */
export type Quantity = { readonly sku: string; readonly quantity: number };

export type Tables = { readonly inventory: string; readonly ledger: string };

/** What an order wants of each sku, over all of its lines. */
export function wanted(items: readonly PurchaseLine[]): Quantity[] {
  const bySku = Map.groupBy(items, ({ sku }) => sku);
  return [...bySku].map(([sku, lines]) => ({
    sku,
    quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}

/** Takes everything an order wants out of stock and writes it in the ledger, which knows no such order. */
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

/** Puts what the ledger holds of an order back into stock, if it still holds it. */
export function givingBack(
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
