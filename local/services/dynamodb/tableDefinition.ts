import { isDeepStrictEqual } from "node:util";
import type { Input } from "./engine.ts";
import { listIn, member } from "./inputShape.ts";

/** A table as a program declares it. */
export type TableDefinition = {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
  /** Type (`S`, `N` or `B`) by name, of every attribute that is a key of the table or of an index. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly globalSecondaryIndexes?: readonly IndexDefinition[];
  readonly localSecondaryIndexes?: readonly Omit<IndexDefinition, "hashKey">[];
  /** The attribute that holds the expiry of items. @default items never expire */
  readonly timeToLiveAttribute?: string;
};

export type IndexDefinition = {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
  /** `ALL`, `KEYS_ONLY`, or the names of further attributes. @default ALL */
  readonly projection?: "ALL" | "KEYS_ONLY" | readonly string[];
};

/** The input of `CreateTable` for the table, billed by request. */
export function createTableInput(definition: TableDefinition): Input {
  const { name, hashKey, rangeKey, attributes } = definition;
  const { globalSecondaryIndexes = [], localSecondaryIndexes = [] } = definition;
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: keySchema(hashKey, rangeKey),
    AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    ...(globalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalSecondaryIndexes.map(indexInput),
    }),
    ...(localSecondaryIndexes.length > 0 && {
      LocalSecondaryIndexes: localSecondaryIndexes.map((index) =>
        indexInput({ ...index, hashKey }),
      ),
    }),
  };
}

function indexInput({ name, hashKey, rangeKey, projection = "ALL" }: IndexDefinition): Input {
  const isNamed = typeof projection !== "string";
  return {
    IndexName: name,
    KeySchema: keySchema(hashKey, rangeKey),
    Projection: isNamed
      ? { ProjectionType: "INCLUDE", NonKeyAttributes: projection }
      : { ProjectionType: projection },
  };
}

function keySchema(hashKey: string, rangeKey: string | undefined): object[] {
  return [
    { AttributeName: hashKey, KeyType: "HASH" },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" }]),
  ];
}

/**
 * Rejects a stored table whose keys or indexes differ from the program's.
 *
 * @param table the output of `DescribeTable`
 * @param input of `CreateTable`
 */
export function requireSameKeys(table: unknown, input: Input): void {
  if (isDeepStrictEqual(keysOf(table), keysOf(input))) return;
  throw new Error(
    `the table ${input.TableName} is kept with other keys or indexes, and the local cloud cannot change them: use another data directory (on AWS new keys replace the table, with all its items)`,
  );
}

function keysOf(table: unknown) {
  const indexes = [
    ...listIn(table, "GlobalSecondaryIndexes"),
    ...listIn(table, "LocalSecondaryIndexes"),
  ];
  return {
    key: listIn(table, "KeySchema"),
    attributes: sorted(listIn(table, "AttributeDefinitions")),
    indexes: sorted(
      indexes.map((index) =>
        ["IndexName", "KeySchema", "Projection"].map((name) => member(index, name)),
      ),
    ),
  };
}

function sorted(items: readonly unknown[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}
