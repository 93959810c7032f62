import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { emailAddress, identifier } from "./fields.ts";
import { cents, formatAmount } from "./money.ts";

/** A DynamoDB transaction has at most 100 items: the ledger entry of an order, and one for each line. */
const mostLines = 99;

const purchaseLine = v.object({
  sku: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(100)),
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  unitPrice: v.pipe(
    v.number(),
    v.minValue(0),
    v.maxValue(1_000_000),
    v.check((price) => cents(price) !== undefined, "Invalid price: Expected two decimals at most"),
  ),
});

/** Fields of every message about an order. */
export const purchaseFields = {
  orderId: identifier,
  customer: v.object({ email: emailAddress }),
  items: v.pipe(v.array(purchaseLine), v.minLength(1), v.maxLength(mostLines)),
};

const purchase = v.object(purchaseFields);

export type Purchase = v.InferOutput<typeof purchase>;
export type PurchaseLine = Purchase["items"][number];

/** @throws PermanentError naming every problem by path */
export function readPurchase(body: string): Purchase {
  return parseJson(purchase, body, "order");
}

export function totalInCents(items: readonly PurchaseLine[]): number {
  return items.reduce((sum, item) => sum + lineInCents(item), 0);
}

export function lineInCents({ quantity, unitPrice }: PurchaseLine): number {
  return quantity * (cents(unitPrice) ?? 0);
}

/** The lines and their total, for people. */
export function listLines(items: readonly PurchaseLine[]): string {
  const rows = items.map(
    ({ sku, quantity, unitPrice }) =>
      `  ${quantity} x ${sku}, ${formatAmount(cents(unitPrice) ?? 0)} each`,
  );
  return [...rows, `  Total: ${formatAmount(totalInCents(items))}`].join("\n");
}
