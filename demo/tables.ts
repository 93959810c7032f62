import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Stage } from "./stage.ts";

/** What is in a small table. */
export async function itemsIn(stage: Stage, table: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await stage.clients.dynamodb.send(
    new ScanCommand({ TableName: table, ConsistentRead: true }),
  );
  return Items;
}
