/** The parts of dynalite that hold no HTTP: its store, its checks of inputs, and its operations. */

declare module "dynalite/db/index.js" {
  /** By attribute name, an attribute value in DynamoDB's form: `{ S: "text" }`. */
  export type Item = Record<string, Record<string, unknown>>;

  export type Table = {
    TableName: string;
    TableArn: string;
    TableStatus: string;
    KeySchema: { AttributeName: string; KeyType: string }[];
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    GlobalSecondaryIndexes?: (Index & { IndexStatus?: string })[];
    LocalSecondaryIndexes?: Index[];
  };

  export type Index = {
    IndexName: string;
    KeySchema: { AttributeName: string; KeyType: string }[];
    Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
  };

  /** What a failed operation answers with; any other error is a failure of dynalite itself. */
  export type ApiError = Error & { statusCode: number; body: Record<string, unknown> };

  export type Callback<T> = (error?: Error | null, result?: T) => void;

  /** The keys of the database under one prefix. */
  export type SubDatabase = {
    lock(key: string, work: (release: <T>(callback: Callback<T>) => Callback<T>) => void): void;
    get(key: string, callback: Callback<unknown>): void;
    put(key: string, value: unknown, callback: Callback<void>): void;
    del(key: string, callback: Callback<void>): void;
    createValueStream(options?: object): import("node:stream").Readable;
    awsRegion?: string;
    awsAccountId?: string;
  };

  export type Write = { type: "put"; key: string; value: unknown } | { type: "del"; key: string };

  export type Database = {
    get(key: string): Promise<unknown>;
    /** All or nothing, also when the process is killed. */
    batch(writes: readonly Write[]): Promise<void>;
    keys(range: { gte: string; lt: string }): AsyncIterable<string>;
    iterator(range?: { gte: string; lt: string }): AsyncIterable<[string, unknown]>;
    close(): Promise<void>;
  };

  export type Store = {
    options: object;
    db: Database;
    tableDb: SubDatabase;
    getItemDb(table: string): SubDatabase;
    getIndexDb(kind: string, table: string, index: string): SubDatabase;
    getTable(name: string, checkStatus: boolean, callback: Callback<Table>): void;
  };

  const db: {
    /** @param options `path` of the database; in memory without it */
    create(options: { path?: string; createTableMs?: number }): Store;
    createKey(item: Item, table: Table): string;
    validateKey(key: Item, table: Table): ApiError | null | undefined;
    /** In bytes. */
    itemSize(item: Item): number;
  };
  export default db;
}

declare module "dynalite/validations/index.js" {
  import type { Store } from "dynalite/db/index.js";

  /** The members that an operation knows. */
  export type Types = Record<string, unknown>;

  /** Validates what types cannot express; a string is the error. */
  export type Custom = (data: Record<string, unknown>, store: Store) => string | undefined;

  const validations: {
    /** Returns a copy of `data` without unknown members. */
    checkTypes(data: Record<string, unknown>, types: Types): Record<string, unknown>;
    checkValidations(
      data: Record<string, unknown>,
      types: Types,
      custom: Custom | undefined,
      store: Store,
    ): void;
  };
  export default validations;
}

declare module "dynalite/validations/*" {
  import type { Custom, Types } from "dynalite/validations/index.js";

  const validation: { types: Types; custom?: Custom };
  export default validation;
}

declare module "dynalite/actions/*" {
  import type { Callback, Store } from "dynalite/db/index.js";

  /** Gives an empty text where the operation has no output. */
  const action: (
    store: Store,
    data: Record<string, unknown>,
    callback: Callback<Record<string, unknown> | "">,
  ) => void;
  export default action;
}
