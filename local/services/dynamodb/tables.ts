import type { Item } from "dynalite/db/index.js";
import { formatArn } from "../../arn.ts";
import { notSupported } from "../../protocol/awsError.ts";
import { pageAfter } from "../../protocol/page.ts";
import type { Clock } from "../../time/clock.ts";
import { Definitions } from "./definitions.ts";
import { DynamoError, validationError } from "./dynamoError.ts";
import { Engine, type Input, type Output, type StoredEntry } from "./engine.ts";
import { ItemLocks } from "./itemLocks.ts";
import { ItemWrites } from "./itemWrites.ts";
import type { OperationName } from "./operations.ts";
import { TableStreams } from "./streams/tableStreams.ts";
import { createTableInput, requireSameKeys, type TableDefinition } from "./tableDefinition.ts";
import { TimeToLive } from "./timeToLive.ts";
import { transactGet } from "./transactions/transactGet.ts";
import { TransactWrite } from "./transactions/transactWrite.ts";

export type TablesOptions = {
  readonly clock: Clock;
  readonly region: string;
  /** Where the data is kept. @default in memory */
  readonly directory?: string;
};

type Operation = (input: Input) => Promise<Output>;

/**
 * DynamoDB: dynalite's items, expressions and indexes, with transactions and idempotency on top.
 * Whatever one call writes is written at once, also when the process is killed. Tables do not check
 * permissions: callers do.
 */
export class Tables {
  /** Of those tables that have one. */
  readonly streams: TableStreams;
  readonly #engine: Engine;
  readonly #region: string;
  readonly #definitions: Definitions;
  readonly #timeToLive: TimeToLive;
  readonly #operations: Readonly<Record<string, Operation>>;

  constructor({ clock, region, directory }: TablesOptions) {
    const engine = new Engine(region, directory);
    const locks = new ItemLocks();
    const streams = new TableStreams({ engine, clock, region });
    const definitions = new Definitions({ engine, locks, streams, clock });
    const timeToLive = new TimeToLive(engine);
    const writes = new ItemWrites(engine, locks, streams);
    const transactions = new TransactWrite(engine, locks, clock, streams);
    const plain = (name: OperationName): Operation => {
      return async (input) => engine.run(name, engine.check(name, input));
    };
    this.streams = streams;
    this.#engine = engine;
    this.#region = region;
    this.#definitions = definitions;
    this.#timeToLive = timeToLive;
    this.#operations = {
      BatchGetItem: plain("BatchGetItem"),
      BatchWriteItem: (input) => writes.writeBatch(input),
      CreateTable: (input) => definitions.create(input),
      DeleteItem: (input) => writes.write("DeleteItem", input),
      DeleteTable: (input) => definitions.delete(input),
      DescribeTable: (input) => definitions.describe(input),
      DescribeTimeToLive: (input) => timeToLive.describe(input),
      GetItem: plain("GetItem"),
      ListTables: (input) => this.#listTables(input),
      ListTagsOfResource: plain("ListTagsOfResource"),
      PutItem: (input) => writes.write("PutItem", input),
      Query: plain("Query"),
      Scan: plain("Scan"),
      TagResource: plain("TagResource"),
      TransactGetItems: (input) => transactGet(engine, locks, input),
      TransactWriteItems: (input) => transactions.write(input),
      UntagResource: plain("UntagResource"),
      UpdateItem: (input) => writes.write("UpdateItem", input),
      UpdateTable: (input) => definitions.update(input),
      UpdateTimeToLive: (input) => timeToLive.update(input),
    };
  }

  /**
   * Does an operation of DynamoDB's API.
   * @param input and output in DynamoDB's JSON
   * @throws AwsError as DynamoDB answers; NotImplemented for what the local cloud has not
   */
  async call(operation: string, input: Input): Promise<Output> {
    const run = Object.hasOwn(this.#operations, operation)
      ? this.#operations[operation]
      : undefined;
    if (run === undefined) throw notSupported(`DynamoDB's ${operation}`);
    return run(input);
  }

  /**
   * Makes a table that can be used at once; one that is there already stays as it is.
   *
   * @throws Error when that one has other keys or indexes
   */
  async create(definition: TableDefinition): Promise<{ arn: string }> {
    const { name, timeToLiveAttribute: attribute } = definition;
    const arn = this.arn(name);
    const input = createTableInput(definition);
    if ((await this.list()).includes(name)) {
      const { Table } = await this.#definitions.describe({ TableName: name });
      requireSameKeys(Table, input);
      return { arn };
    }
    await this.#definitions.create(input);
    if (attribute !== undefined) {
      const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
      await this.#timeToLive.update({ TableName: name, TimeToLiveSpecification });
    }
    return { arn };
  }

  /** Puts an item that a program brings along, unless its key has one: that belongs to the handlers by now. */
  async seed(table: string, item: Item): Promise<void> {
    const {
      KeySchema: [hash],
    } = await this.#engine.table(table);
    try {
      await this.call("PutItem", {
        TableName: table,
        Item: item,
        ConditionExpression: "attribute_not_exists(#key)",
        ExpressionAttributeNames: { "#key": hash?.AttributeName },
      });
    } catch (error) {
      const isThere =
        error instanceof DynamoError && error.code === "ConditionalCheckFailedException";
      if (!isThere) throw error;
    }
  }

  /** The names of all tables, in order. */
  list(): Promise<string[]> {
    return this.#definitions.names();
  }

  arn(name: string): string {
    return formatArn("dynamodb", this.#region, `table/${name}`);
  }

  /** Everything that is stored, for `load`. */
  entries(): Promise<StoredEntry[]> {
    return this.#engine.entries();
  }

  /** Fills tables that have just been opened with what others have stored. */
  load(entries: readonly StoredEntry[]): Promise<void> {
    return this.#engine.load(entries);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  async #listTables({ Limit: limit = 100, ExclusiveStartTableName: start = "" }: Input) {
    if (typeof limit !== "number" || limit < 1 || limit > 100 || typeof start !== "string") {
      throw validationError("ListTables takes a Limit of 1 to 100, and a name to start after");
    }
    const { items, last } = pageAfter(await this.list(), (name) => name, start, limit);
    return { TableNames: items, ...(last !== undefined && { LastEvaluatedTableName: last }) };
  }
}
