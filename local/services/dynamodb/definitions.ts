import type { Database, Table } from "dynalite/db/index.js";
import type { Engine, Input, Output } from "./engine.ts";
import { HeldWrites } from "./heldWrites.ts";
import { isRecord, listIn } from "./inputShape.ts";
import type { ItemLocks } from "./itemLocks.ts";
import { keyFor } from "./timeToLive.ts";

/** Making, describing and deleting tables. */
export class Definitions {
  readonly #engine: Engine;
  readonly #locks: ItemLocks;
  readonly #database: Database;

  constructor(engine: Engine, locks: ItemLocks) {
    this.#engine = engine;
    this.#locks = locks;
    this.#database = engine.store.db;
  }

  /**
   * The table can be used immediately; its description has the status `CREATING`, as on AWS.
   * @throws AwsError ResourceInUseException, ValidationException
   */
  async create(input: Input): Promise<Output> {
    const checked = this.#engine.check("CreateTable", input);
    return this.#locks.hold([`table ${checked.TableName}`], async () => {
      const held = new HeldWrites(this.#engine.store);
      const output = structuredClone(await this.#engine.run("CreateTable", checked, held.store));
      const [write] = held.writes;
      if (write?.type !== "put") throw new Error("dynalite made no table");
      await this.#database.batch([{ ...write, value: activated(write.value) }]);
      return output;
    });
  }

  describe(input: Input): Promise<Output> {
    return this.#engine.run("DescribeTable", this.#engine.check("DescribeTable", input));
  }

  /** @throws AwsError ResourceNotFoundException */
  async delete(input: Input): Promise<Output> {
    const { TableName } = this.#engine.check("DescribeTable", input);
    const name = String(TableName);
    return this.#locks.hold([`table ${name}`], async () => {
      const table = await this.#engine.table(name);
      const keys = (
        await Promise.all(prefixesOf(table).map((prefix) => this.#keys(prefix)))
      ).flat();
      const all = [...keys, `table~${name}`, keyFor(name)];
      await this.#database.batch(all.map((key) => ({ type: "del", key })));
      return { TableDescription: { ...table, TableStatus: "DELETING" } };
    });
  }

  /** The names of all tables, in order. */
  async names(): Promise<string[]> {
    const keys = await this.#keys("table~");
    return keys.map((key) => key.slice("table~".length));
  }

  async #keys(prefix: string): Promise<string[]> {
    // A prefix ends in "~", and this is the character after it.
    const range = { gte: prefix, lt: prefix.replace(/~$/, "\x7f") };
    const keys: string[] = [];
    for await (const key of this.#database.keys(range)) keys.push(key);
    return keys;
  }
}

/** Where dynalite keeps a table's items, tags and index entries. */
function prefixesOf(table: Table): string[] {
  const { TableName: name, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  return [
    `item-${name}~`,
    `tag-${name}~`,
    ...GlobalSecondaryIndexes.map(({ IndexName }) => `index-global~${name}~${IndexName}~`),
    ...LocalSecondaryIndexes.map(({ IndexName }) => `index-local~${name}~${IndexName}~`),
  ];
}

/** In dynalite a table can be used only after a delay. */
function activated(table: unknown): unknown {
  const indexes = listIn(table, "GlobalSecondaryIndexes");
  return {
    ...(isRecord(table) && table),
    TableStatus: "ACTIVE",
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        ...(isRecord(index) && index),
        IndexStatus: "ACTIVE",
      })),
    }),
  };
}
