import type { Input, Output } from "../engine.ts";
import { member, recordIn } from "../inputShape.ts";

type Kind = "ReadCapacityUnits" | "WriteCapacityUnits";

/** Units by what used them: the table itself, or an index. */
type Used = {
  readonly table: Map<"Table", number>;
  readonly GlobalSecondaryIndexes: Map<string, number>;
  readonly LocalSecondaryIndexes: Map<string, number>;
};

/**
 * What a transaction used of each table: twice what its operations would use alone.
 * @param kind of the units, where they are told apart
 * @param outputs with `ConsumedCapacity` as `INDEXES` has it
 * @returns an empty object unless the caller requested it
 */
export function consumedCapacity(
  { ReturnConsumedCapacity: wanted }: Input,
  kind: Kind,
  outputs: readonly Output[],
): Output {
  if (wanted !== "TOTAL" && wanted !== "INDEXES") return {};
  const byTable = new Map<string, Used>();
  for (const { ConsumedCapacity: consumed } of outputs) {
    const name = String(member(consumed, "TableName"));
    const used = byTable.get(name) ?? nothing();
    byTable.set(name, used);
    add(used.table, "Table", member(member(consumed, "Table"), "CapacityUnits"));
    for (const indexes of ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] as const) {
      for (const [index, units] of Object.entries(recordIn(consumed, indexes))) {
        add(used[indexes], index, member(units, "CapacityUnits"));
      }
    }
  }
  const ConsumedCapacity = [...byTable].map(([TableName, used]) => ({
    TableName,
    ...units(kind, totalOf(used)),
    ...(wanted === "INDEXES" && detailsOf(kind, used)),
  }));
  return { ConsumedCapacity };
}

function nothing(): Used {
  return { table: new Map(), GlobalSecondaryIndexes: new Map(), LocalSecondaryIndexes: new Map() };
}

function add<K>(used: Map<K, number>, name: K, alone: unknown): void {
  used.set(name, (used.get(name) ?? 0) + 2 * Number(alone));
}

function totalOf(used: Used): number {
  return Object.values(used)
    .flatMap((each) => [...each.values()])
    .reduce((sum, each) => sum + each, 0);
}

function detailsOf(kind: Kind, used: Used): Output {
  const ofIndexes = (indexes: ReadonlyMap<string, number>) =>
    Object.fromEntries([...indexes].map(([name, each]) => [name, units(kind, each)]));
  const { table, GlobalSecondaryIndexes: global, LocalSecondaryIndexes: local } = used;
  return {
    Table: units(kind, table.get("Table") ?? 0),
    ...(global.size > 0 && { GlobalSecondaryIndexes: ofIndexes(global) }),
    ...(local.size > 0 && { LocalSecondaryIndexes: ofIndexes(local) }),
  };
}

function units(kind: Kind, CapacityUnits: number): Output {
  return { CapacityUnits, [kind]: CapacityUnits };
}
