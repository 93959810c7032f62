import { isDeepStrictEqual } from "node:util";
import db, { type Index, type Item, type Table, type Write } from "dynalite/db/index.js";
import { isObject } from "../../../aws/isObject.ts";
import type { Engine, Output } from "./engine.ts";
import { member } from "./inputShape.ts";
import { keyOf } from "./itemLocks.ts";
import { type WrittenItem, writtenItems } from "./streams/itemChanges.ts";

type Kind = "GlobalSecondaryIndexes" | "LocalSecondaryIndexes";

/** Write units by index. */
type IndexUnits = Readonly<Record<Kind, ReadonlyMap<string, number>>>;

const bytesOfUnit = 1024;

/**
 * Adds to the consumed capacity of an output what the writes of indexes used. To be called before the
 * writes are done, by a caller that holds the items' locks.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations
 * @param wanted `ReturnConsumedCapacity`
 */
export async function withIndexCapacity(
  engine: Engine,
  output: Output,
  wanted: unknown,
  writes: readonly Write[],
): Promise<Output> {
  const { ConsumedCapacity: used } = output;
  if (used === undefined) return output;
  const written = await writtenItems(engine, writes, () => true);
  const add = async (ofTable: unknown) => {
    const name = String(member(ofTable, "TableName"));
    const own = written.filter(({ tableName }) => tableName === name);
    return addIndexes(isObject(ofTable) ? ofTable : {}, wanted, await engine.table(name), own);
  };
  // A batch has one for each table.
  const ConsumedCapacity = Array.isArray(used) ? await Promise.all(used.map(add)) : await add(used);
  return { ...output, ConsumedCapacity };
}

function addIndexes(
  used: Output,
  wanted: unknown,
  table: Table,
  written: readonly WrittenItem[],
): Output {
  const units = unitsOf(table, written);
  const ofIndexes = Object.values(units).flatMap((byName) => [...byName.values()]);
  const added = ofIndexes.reduce((sum, each) => sum + each, 0);
  if (added === 0) return used;
  const total = { ...used, CapacityUnits: Number(used.CapacityUnits) + added };
  if (wanted !== "INDEXES") return total;
  const { GlobalSecondaryIndexes: global, LocalSecondaryIndexes: local } = units;
  return {
    ...total,
    ...(global.size > 0 && { GlobalSecondaryIndexes: described(global) }),
    ...(local.size > 0 && { LocalSecondaryIndexes: described(local) }),
  };
}

function described(units: ReadonlyMap<string, number>): Output {
  return Object.fromEntries([...units].map(([name, CapacityUnits]) => [name, { CapacityUnits }]));
}

function unitsOf(table: Table, written: readonly WrittenItem[]): IndexUnits {
  return {
    GlobalSecondaryIndexes: unitsByName(table, table.GlobalSecondaryIndexes ?? [], written),
    LocalSecondaryIndexes: unitsByName(table, table.LocalSecondaryIndexes ?? [], written),
  };
}

function unitsByName(
  table: Table,
  indexes: readonly Index[],
  written: readonly WrittenItem[],
): Map<string, number> {
  return new Map(
    indexes.flatMap((index) => {
      const units = written.reduce((sum, item) => sum + unitsOfWrite(table, index, item), 0);
      return units > 0 ? [[index.IndexName, units] as const] : [];
    }),
  );
}

/** An entry whose key changes is deleted and written again; one that stays the same costs nothing. */
function unitsOfWrite(table: Table, index: Index, { before, after }: WrittenItem): number {
  const old = before && entryOf(before, table, index);
  const next = after && entryOf(after, table, index);
  if (isDeepStrictEqual(old, next)) return 0;
  if (old === undefined || next === undefined) return sizeOf(old) + sizeOf(next);
  const sameKey = isDeepStrictEqual(keyIn(old, index), keyIn(next, index));
  return sameKey ? Math.max(sizeOf(old), sizeOf(next)) : sizeOf(old) + sizeOf(next);
}

/** What the index holds of an item; nothing without all of the index's key. */
function entryOf(item: Item, table: Table, index: Index): Item | undefined {
  const names = index.KeySchema.map(({ AttributeName }) => AttributeName);
  if (names.some((name) => item[name] === undefined)) return undefined;
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection;
  if (ProjectionType === "ALL") return item;
  const kept = new Set([...names, ...Object.keys(keyOf(item, table)), ...NonKeyAttributes]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => kept.has(name)));
}

function keyIn(entry: Item, index: Index): unknown[] {
  return index.KeySchema.map(({ AttributeName }) => entry[AttributeName]);
}

function sizeOf(entry: Item | undefined): number {
  return entry === undefined ? 0 : Math.ceil(db.itemSize(entry) / bytesOfUnit);
}
