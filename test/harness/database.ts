import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import {
  type AttributeValue,
  type CancellationReason,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { SdkCalls } from "./sdkCalls.ts";

/**
 * Tables for the suite that calls this, emptied after each test.
 *
 * @param keys partition key by table name
 */
export function useDatabase(keys: Readonly<Record<string, string>>): () => Database {
  let database: Database;

  before(async () => {
    database = await Database.start(keys);
  });
  afterEach(() => database.clear());
  after(() => database.stop());

  return () => database;
}

type Item = Readonly<Record<string, unknown>>;
type StoredItem = Record<string, AttributeValue>;
type TransactionItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/**
 * DynamoDB tables in memory, for handlers that use a client of their own. Conditions and updates are
 * judged by dynalite; transactions, which it has not, are put together here of their single writes.
 */
export class Database {
  readonly url: string;
  readonly #server: Server;
  readonly #keys: Readonly<Record<string, string>>;
  readonly #client: DynamoDBDocumentClient;

  private constructor(server: Server, keys: Readonly<Record<string, string>>) {
    const { port } = server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
    this.#keys = keys;
    this.#client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: this.url,
        region: "eu-west-1",
        credentials: { accessKeyId: "EXAMPLE", secretAccessKey: "EXAMPLE" },
      }),
    );
  }

  static async start(keys: Readonly<Record<string, string>>): Promise<Database> {
    const dynalite: (options: object) => Server = createRequire(import.meta.url)("dynalite");
    const server = dynalite({ createTableMs: 0 }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const database = new Database(server, keys);
    for (const [table, key] of Object.entries(keys)) await database.#create(table, key);
    return database;
  }

  async stop(): Promise<void> {
    this.#client.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Answers transactions; all other calls must go through to `url`. */
  answerTransactions(calls: SdkCalls): void {
    calls.on(TransactWriteCommand, async ({ TransactItems = [] }) => {
      await this.#transact(TransactItems);
      return {};
    });
  }

  async get(table: string, key: string): Promise<Item | undefined> {
    const command = new GetCommand({ TableName: table, Key: this.#key(table, key) });
    return (await this.#client.send(command)).Item;
  }

  async put(table: string, item: Item): Promise<void> {
    await this.#client.send(new PutCommand({ TableName: table, Item: { ...item } }));
  }

  async all(table: string): Promise<Item[]> {
    return (await this.#client.send(new ScanCommand({ TableName: table }))).Items ?? [];
  }

  async clear(): Promise<void> {
    for (const [table, key] of Object.entries(this.#keys)) {
      for (const item of await this.all(table)) await this.#delete(table, String(item[key]));
    }
  }

  async #create(table: string, key: string): Promise<void> {
    await this.#client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
        KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
      }),
    );
  }

  async #delete(table: string, key: string): Promise<void> {
    await this.#client.send(new DeleteCommand({ TableName: table, Key: this.#key(table, key) }));
  }

  #key(table: string, value: string): Record<string, string> {
    return { [this.#keys[table] ?? ""]: value };
  }

  async #transact(items: readonly TransactionItem[]): Promise<void> {
    const undo: (() => Promise<void>)[] = [];
    const reasons: CancellationReason[] = [];
    for (const item of items) reasons.push(await this.#write(item, undo));
    if (reasons.every(({ Code }) => Code === "None")) return;
    for (const put of undo) await put();
    throw new TransactionCanceledException({
      message: `Transaction cancelled [${reasons.map(({ Code }) => Code).join(", ")}]`,
      CancellationReasons: reasons,
      $metadata: {},
    });
  }

  async #write(
    { Put, Update }: TransactionItem,
    undo: (() => Promise<void>)[],
  ): Promise<CancellationReason> {
    const { TableName: table = "" } = Put ?? Update ?? {};
    const value = String((Put?.Item ?? Update?.Key)?.[this.#keys[table] ?? ""]);
    const before = await this.#stored(table, value);
    try {
      if (Put) await this.#client.send(new PutCommand(Put));
      if (Update) await this.#client.send(new UpdateCommand(Update));
      undo.push(() => this.#restore(table, value, before));
      return { Code: "None" };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const wantsItem = Update?.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
      return { Code: "ConditionalCheckFailed", ...(wantsItem && { Item: before }) };
    }
  }

  async #stored(table: string, value: string): Promise<StoredItem | undefined> {
    const Key = { [this.#keys[table] ?? ""]: { S: value } };
    return (await this.#client.send(new GetItemCommand({ TableName: table, Key }))).Item;
  }

  async #restore(table: string, value: string, before: StoredItem | undefined): Promise<void> {
    if (before === undefined) return this.#delete(table, value);
    await this.#client.send(new PutItemCommand({ TableName: table, Item: before }));
  }
}
