import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { PurchaseLine } from "../purchase.ts";
import { writeAll } from "../transaction.ts";
import { enterInLedger } from "./ledger.ts";
import { ledgerRefused, type Quantity, reserving, shortage, type Tables, wanted } from "./stock.ts";

export type Reservation =
  | { readonly status: "reserved"; readonly items: readonly Quantity[] }
  | { readonly status: "rejected"; readonly reason: string }
  /** The order was reserved or rejected before. */
  | { readonly status: "known" };

/**
 * Takes all of an order out of stock or nothing of it, once, however often it is asked to. What an order
 * holds is in the ledger, written together with the stock or not at all. That there is too little is an
 * answer, and not an error.
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
  const entered = await enterInLedger(database, tables.ledger, entry);
  return entered ? { status: "rejected", reason } : { status: "known" };
}
