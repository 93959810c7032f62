import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { putOnce } from "../putOnce.ts";

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

/** Enters an order that holds nothing. Returns false, and writes nothing, when the ledger knows the order. */
export function enterInLedger(
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
