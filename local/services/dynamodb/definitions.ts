import { randomUUID } from "node:crypto";
import type { Database, Table } from "dynalite/db/index.js";
import { isObject } from "../../../aws/isObject.ts";
import type { Clock } from "../../time/clock.ts";
import { DynamoError, validationError } from "./dynamoError.ts";
import type { Engine, Input, Output } from "./engine.ts";
import { HeldWrites } from "./heldWrites.ts";
import { listIn, member, recordIn } from "./inputShape.ts";
import type { ItemLocks } from "./itemLocks.ts";
import { readStreamSpecification } from "./streams/streamSpecification.ts";
import type { TableStreams } from "./streams/tableStreams.ts";
import { type Description, describeTable, withWarmThroughput } from "./tableDescription.ts";
import { keyFor } from "./timeToLive.ts";
import { readTableUpdate, updatedTable } from "./updateTable.ts";

type Options = {
  readonly engine: Engine;
  readonly locks: ItemLocks;
  readonly streams: TableStreams;
  readonly clock: Clock;
};

/** Making, describing, changing and deleting tables, with their streams. */
export class Definitions {
  readonly #engine: Engine;
  readonly #locks: ItemLocks;
  readonly #streams: TableStreams;
  readonly #clock: Clock;
  readonly #database: Database;

  constructor({ engine, locks, streams, clock }: Options) {
    this.#engine = engine;
    this.#locks = locks;
    this.#streams = streams;
    this.#clock = clock;
    this.#database = engine.store.db;
  }

  /**
   * The table can be used immediately; its description has the status `CREATING`, as on AWS.
   * @throws AwsError ResourceInUseException, ValidationException
   */
  async create(input: Input): Promise<Output> {
    const stream = readStreamSpecification(input.StreamSpecification);
    const checked = this.#engine.check("CreateTable", input);
    const name = String(checked.TableName);
    return this.#changing(name, async () => {
      const held = new HeldWrites(this.#engine.store);
      if ((await this.names()).includes(name)) {
        throw new DynamoError("ResourceInUseException", `Table already exists: ${name}`);
      }
      const output = structuredClone(await this.#engine.run("CreateTable", checked, held.store));
      const [write] = held.writes;
      if (write?.type !== "put") throw new Error("dynalite made no table");
      // dynalite's id is too short for a UUID.
      const extra = { ...extraMembers(input), TableId: randomUUID() };
      const value = { ...activated(write.value), ...extra };
      await this.#database.batch([{ ...write, value }]);
      await this.#tag(member(output.TableDescription, "TableArn"), input.Tags);
      if (stream !== undefined) await this.#streams.set(name, stream.view);
      return this.#described(name, { ...recordIn(output, "TableDescription"), ...extra });
    });
  }

  /** @throws AwsError ResourceNotFoundException */
  async describe(input: Input): Promise<Output> {
    const { TableName } = this.#engine.check("DescribeTable", input);
    const name = String(TableName);
    const { TableDescription } = await this.#described(name, await this.#engine.definition(name));
    return { Table: withWarmThroughput(TableDescription) };
  }

  /**
   * The changes count at once; the description has the status `UPDATING`, as on AWS.
   * @throws AwsError ResourceNotFoundException, ValidationException, NotImplemented
   */
  async update(input: Input): Promise<Output> {
    const update = readTableUpdate(input);
    const name = update.TableName;
    return this.#changing(name, async () => {
      const table = await this.#engine.definition(name);
      const value = updatedTable(table, update, this.#clock.now());
      if (update.stream !== undefined) await this.#streams.change(name, update.stream.view);
      await this.#database.batch([{ type: "put", key: `table~${name}`, value }]);
      const { TableDescription } = await this.#described(name, value);
      return {
        TableDescription: { ...withWarmThroughput(TableDescription), TableStatus: "UPDATING" },
      };
    });
  }

  /** @throws AwsError ResourceNotFoundException, ValidationException */
  async delete(input: Input): Promise<Output> {
    const { TableName } = this.#engine.check("DescribeTable", input);
    const name = String(TableName);
    return this.#changing(name, async () => {
      const table = await this.#engine.definition(name);
      if (table.DeletionProtectionEnabled === true) {
        throw validationError(
          "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
        );
      }
      const keys = (
        await Promise.all(prefixesOf(table).map((prefix) => this.#keys(prefix)))
      ).flat();
      const all = [...keys, `table~${name}`, keyFor(name)];
      await this.#database.batch(all.map((key) => ({ type: "del", key })));
      await this.#streams.set(name, undefined);
      const { AttributeDefinitions: _a, KeySchema: _k, CreationDateTime: _c, ...rest } = table;
      return this.#described(name, { ...rest, TableStatus: "DELETING" });
    });
  }

  /** The names of all tables, in order. */
  async names(): Promise<string[]> {
    const keys = await this.#keys("table~");
    return keys.map((key) => key.slice("table~".length));
  }

  #changing<T>(name: string, change: () => Promise<T>): Promise<T> {
    return this.#locks.hold([`table ${name}`], change);
  }

  async #described(name: string, table: Description) {
    return { TableDescription: describeTable(table, await this.#streams.of(name)) };
  }

  async #tag(arn: unknown, tags: unknown): Promise<void> {
    if (!Array.isArray(tags) || tags.length === 0) return;
    const checked = this.#engine.check("TagResource", { ResourceArn: arn, Tags: tags });
    await this.#engine.run("TagResource", checked);
  }

  async #keys(prefix: string): Promise<string[]> {
    // A prefix ends in "~", and this is the character after it.
    const range = { gte: prefix, lt: prefix.replace(/~$/, "\x7f") };
    const keys: string[] = [];
    for await (const key of this.#database.keys(range)) keys.push(key);
    return keys;
  }
}

/** Members of `CreateTable` that dynalite does not know, as they are stored. */
function extraMembers({ DeletionProtectionEnabled, TableClass }: Input): Description {
  return {
    ...(DeletionProtectionEnabled === true && { DeletionProtectionEnabled }),
    ...(TableClass !== undefined && { TableClassSummary: { TableClass } }),
  };
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
function activated(table: unknown): Description {
  const indexes = listIn(table, "GlobalSecondaryIndexes");
  const billing = recordIn(table, "BillingModeSummary");
  const LastUpdateToPayPerRequestDateTime = member(table, "CreationDateTime");
  return {
    ...(isObject(table) && table),
    TableStatus: "ACTIVE",
    ...(billing.BillingMode === "PAY_PER_REQUEST" && {
      BillingModeSummary: { ...billing, LastUpdateToPayPerRequestDateTime },
    }),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        ...(isObject(index) && index),
        IndexStatus: "ACTIVE",
      })),
    }),
  };
}
