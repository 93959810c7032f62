import type { Item } from "dynalite/db/index.js";
import { recordIn } from "../../../local/services/dynamodb/inputShape.ts";
import { Tables } from "../../../local/services/dynamodb/tables.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";

/** A table whose every item has three entries in indexes. */
export const indexedTable = {
  name: "indexed",
  hashKey: "id",
  attributes: { id: "S", x: "S", y: "S", z: "S" },
  globalSecondaryIndexes: ["x", "y", "z"].map((hashKey) => ({ name: `by-${hashKey}`, hashKey })),
};

/** A table `stock` with the key `sku`, on a clock that stands still. */
export async function makeTables(directory?: string) {
  const clock = new ManualClock();
  const tables = new Tables({ clock, region: "eu-west-1", ...(directory && { directory }) });
  await tables.create({ name: "stock", hashKey: "sku", attributes: { sku: "S" } });
  const stock = async (sku: string) => {
    const { Item } = await tables.call("GetItem", { TableName: "stock", Key: { sku: { S: sku } } });
    return Item;
  };
  return {
    clock,
    tables,
    stock,
    level: async (sku: string) => Number(recordIn(await stock(sku), "stock").N),
    put: (sku: string, stock: number) =>
      tables.call("PutItem", { TableName: "stock", Item: stockItem(sku, stock) }),
  };
}

export function stockItem(sku: string, stock: number): Item {
  return { sku: { S: sku }, stock: { N: String(stock) } };
}
