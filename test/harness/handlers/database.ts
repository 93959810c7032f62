import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from "@aws-sdk/lib-dynamodb";
import { type Endpoint, serveEndpoint } from "../../../local/protocol/server.ts";
import { dynamoDbService } from "../../../local/services/dynamodb/api/dynamodb.ts";
import type { IndexDefinition } from "../../../local/services/dynamodb/tableDefinition.ts";
import { Tables } from "../../../local/services/dynamodb/tables.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { ownerOnly } from "../endpoints/authentication.ts";

/** By table's name: its partition key, or that and its sort key; all are texts. */
type Keys = Readonly<Record<string, string | readonly [partition: string, sort: string]>>;
type Item = Readonly<Record<string, unknown>>;

/** By table's name: its global secondary indexes, over texts. */
type Indexes = Readonly<Record<string, readonly IndexDefinition[]>>;

/** Tables for the suite that calls this, emptied after each test. */
export function useDatabase(keys: Keys, indexes: Indexes = {}): () => Database {
  let database: Database;

  before(async () => {
    database = await Database.start(keys, indexes);
  });
  afterEach(() => database.clear());
  after(() => database.stop());

  return () => database;
}

/** The local cloud's DynamoDB, in memory, for handlers that use a client of their own. */
export class Database {
  readonly url: string;
  readonly #keys: Keys;
  readonly #tables: Tables;
  readonly #endpoint: Endpoint;
  readonly #client: DynamoDBDocumentClient;

  private constructor(keys: Keys, tables: Tables, endpoint: Endpoint) {
    this.url = endpoint.url;
    this.#keys = keys;
    this.#tables = tables;
    this.#endpoint = endpoint;
    this.#client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: endpoint.url,
        region,
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      }),
    );
  }

  static async start(keys: Keys, indexes: Indexes): Promise<Database> {
    const tables = new Tables({ clock: new ManualClock(), region });
    for (const [name, key] of Object.entries(keys)) {
      const [hashKey = "", rangeKey] = namesOf(key);
      const globalSecondaryIndexes = indexes[name] ?? [];
      const indexed = globalSecondaryIndexes.flatMap((index) => [index.hashKey, index.rangeKey]);
      const attributes = Object.fromEntries(
        [...namesOf(key), ...indexed].flatMap((each) => (each === undefined ? [] : [[each, "S"]])),
      );
      const primaryKey = { hashKey, ...(rangeKey && { rangeKey }) };
      await tables.create({ name, ...primaryKey, attributes, globalSecondaryIndexes });
    }
    return new Database(keys, tables, await serve(tables));
  }

  async stop(): Promise<void> {
    this.#client.destroy();
    await this.#endpoint.close();
    await this.#tables.close();
  }

  async get(table: string, ...key: readonly string[]): Promise<Item | undefined> {
    const names = namesOf(this.#keys[table]);
    const Key = Object.fromEntries(names.map((name, index) => [name, key[index]]));
    return (await this.#client.send(new GetCommand({ TableName: table, Key }))).Item;
  }

  async put(table: string, item: Item): Promise<void> {
    await this.#client.send(new PutCommand({ TableName: table, Item: { ...item } }));
  }

  async all(table: string): Promise<Item[]> {
    return (await this.#client.send(new ScanCommand({ TableName: table }))).Items ?? [];
  }

  async clear(): Promise<void> {
    for (const [table, key] of Object.entries(this.#keys)) {
      for (const item of await this.all(table)) {
        const Key = Object.fromEntries(namesOf(key).map((name) => [name, item[name]]));
        await this.#client.send(new DeleteCommand({ TableName: table, Key }));
      }
    }
  }
}

const region = "eu-west-1";

function serve(tables: Tables): Promise<Endpoint> {
  const authorize = () => ({ allowed: true }) as const;
  return serveEndpoint({
    port: 0,
    ...ownerOnly,
    services: { dynamodb: dynamoDbService({ tables, authorize, region }) },
    console: (_request, response) => response.end(),
    onFailure: (_message, error) => {
      throw error;
    },
  });
}

function namesOf(key: Keys[string] = ""): readonly string[] {
  return typeof key === "string" ? [key] : key;
}
