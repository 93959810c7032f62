import * as v from "valibot";
import { isObject } from "../../../aws/isObject.ts";
import type { Tables } from "../../services/dynamodb/tables.ts";
import type { Count, TableItems } from "./types.ts";

const description = v.object({
  Table: v.object({ KeySchema: v.array(v.object({ AttributeName: v.string() })) }),
});

const scan = v.object({
  Items: v.array(v.record(v.string(), v.unknown())),
  LastEvaluatedKey: v.optional(v.unknown()),
});

/** @throws AwsError ResourceNotFoundException */
export async function tableItems(tables: Tables, name: string, most: number): Promise<TableItems> {
  const { Table } = v.parse(description, await tables.call("DescribeTable", { TableName: name }));
  const found = await tables.call("Scan", { TableName: name, Limit: most });
  const { Items, LastEvaluatedKey } = v.parse(scan, found);
  return {
    name,
    keys: Table.KeySchema.map(({ AttributeName }) => AttributeName),
    items: Items.map((item) => mapValues(item, plain)),
    more: LastEvaluatedKey !== undefined,
  };
}

const counted = v.object({ Count: v.number(), LastEvaluatedKey: v.optional(v.unknown()) });

export async function countItems(tables: Tables, name: string, most: number): Promise<Count> {
  const input = { TableName: name, Limit: most, Select: "COUNT" };
  const { Count: number, LastEvaluatedKey } = v.parse(counted, await tables.call("Scan", input));
  return { number, more: LastEvaluatedKey !== undefined };
}

/** `{ "S": "a" }` as `"a"`, `{ "N": "1" }` as `1`, and so on; a number that JavaScript rounds stays a text. */
function plain(typed: unknown): unknown {
  if (!isObject(typed)) return typed;
  const [[type, value] = ["", undefined]] = Object.entries(typed);
  if (type === "M" && isObject(value)) return mapValues(value, plain);
  if (type === "L" && Array.isArray(value)) return value.map(plain);
  if (type === "NULL") return null;
  if (type !== "N") return value;
  return String(Number(value)) === value ? Number(value) : value;
}

function mapValues(
  record: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
