import * as aws from "@pulumi/aws";
import type { Settings } from "../../settings.ts";
import { createTable } from "./storage.ts";

const sampleArticles = ["chair", "desk", "lamp"];

/** The stock of articles, by sku, and the ledger of what each order holds of it. */
export type Inventory = {
  readonly stock: aws.dynamodb.Table;
  readonly ledger: aws.dynamodb.Table;
};

export function createInventory(name: string, settings: Settings): Inventory {
  const stock = createTable(name, "sku", settings);
  if (settings.initialStock > 0) fill(name, stock, settings.initialStock);
  return { stock, ledger: createTable(`${name}-ledger`, "orderId", settings) };
}

/** The initial stock. Later changes are made by handlers, so Pulumi ignores them. */
function fill(name: string, table: aws.dynamodb.Table, pieces: number): void {
  for (const sku of sampleArticles) {
    new aws.dynamodb.TableItem(
      `${name}-${sku}`,
      {
        tableName: table.name,
        hashKey: table.hashKey,
        item: JSON.stringify({ sku: { S: sku }, stock: { N: String(pieces) } }),
      },
      { parent: table, ignoreChanges: ["item"] },
    );
  }
}
