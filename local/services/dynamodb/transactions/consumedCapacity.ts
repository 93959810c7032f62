import type { Input, Output } from "../engine.ts";
import { member } from "../inputShape.ts";

/**
 * What a transaction used of each table: twice what its operations would use alone.
 * @param kind of the units, where they are told apart
 * @returns an empty object unless the caller requested it
 */
export function consumedCapacity(
  { ReturnConsumedCapacity: wanted }: Input,
  kind: "ReadCapacityUnits" | "WriteCapacityUnits",
  outputs: readonly Output[],
): Output {
  if (wanted !== "TOTAL" && wanted !== "INDEXES") return {};
  const units = new Map<string, number>();
  for (const { ConsumedCapacity: used } of outputs) {
    const table = String(member(used, "TableName"));
    units.set(table, (units.get(table) ?? 0) + 2 * Number(member(used, "CapacityUnits")));
  }
  return {
    ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => {
      const used = { CapacityUnits, [kind]: CapacityUnits };
      return { TableName, ...used, ...(wanted === "INDEXES" && { Table: used }) };
    }),
  };
}
