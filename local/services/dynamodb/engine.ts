import db, { type ApiError, type Callback, type Store, type Table } from "dynalite/db/index.js";
import validations from "dynalite/validations/index.js";
import { account } from "../../arn.ts";
import { keepingProto, withBareItems } from "./bareObjects.ts";
import { DynamoError } from "./dynamoError.ts";
import { checkKeyKinds, checkRules } from "./inputRules.ts";
import { type OperationName, operations } from "./operations.ts";
import { refuseUnknownMembers } from "./unknownMembers.ts";

export type Input = Readonly<Record<string, unknown>>;

export type Output = Readonly<Record<string, unknown>>;

/** An input that has been checked, ready for one run: running it changes it. */
export type Checked = Record<string, unknown>;

/** A key of the database, of which tables, items and indexes are made. */
export type StoredEntry = readonly [key: string, value: unknown];

/** dynalite's operations on its store, without its HTTP server. */
export class Engine {
  readonly store: Store;

  /** @param directory where the data is kept. @default in memory */
  constructor(region: string, directory?: string) {
    const store = db.create({ createTableMs: 0, ...(directory && { path: directory }) });
    this.store = withBareItems(store);
    this.store.tableDb.awsRegion = region;
    this.store.tableDb.awsAccountId = account;
  }

  /** @throws AwsError ValidationException, SerializationException, NotImplemented */
  check(operation: OperationName, input: Input): Checked {
    refuseUnknownMembers(operation, input);
    const { types, custom } = operations[operation].input;
    try {
      const checked = keepingProto(input, (given) => validations.checkTypes(given, types));
      checkKeyKinds(operation, checked);
      validations.checkValidations(checked, types, custom, this.store);
      checkRules(operation, checked);
      return checked;
    } catch (error) {
      throw awsErrorOf(error);
    }
  }

  /**
   * @param store in place of the real one, to keep back what is written
   * @throws AwsError as DynamoDB answers
   */
  async run(operation: OperationName, checked: Checked, store = this.store): Promise<Output> {
    const output = await promised<Output | "">((callback) =>
      operations[operation].run(store, checked, callback),
    );
    return output === "" ? {} : output;
  }

  /** The table of an operation on items. @throws AwsError ResourceNotFoundException */
  table(name: string): Promise<Table> {
    return promised((callback) => this.store.getTable(name, true, callback));
  }

  /** The table of an operation on tables. @throws AwsError ResourceNotFoundException that names it */
  definition(name: string): Promise<Table & Output> {
    return promised((callback) => this.store.getTable(name, false, callback));
  }

  /** Everything that is stored. */
  async entries(): Promise<StoredEntry[]> {
    const entries: StoredEntry[] = [];
    for await (const entry of this.store.db.iterator()) entries.push(entry);
    return entries;
  }

  /** Adds what another engine has stored. */
  async load(entries: readonly StoredEntry[]): Promise<void> {
    await this.store.db.batch(entries.map(([key, value]) => ({ type: "put", key, value })));
  }

  close(): Promise<void> {
    return this.store.db.close();
  }
}

function promised<T>(work: (callback: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    work((error, result) => {
      if (error) reject(awsErrorOf(error));
      else if (result === undefined) reject(new Error("dynalite gave neither error nor result"));
      else resolve(result);
    });
  });
}

function awsErrorOf(error: unknown): unknown {
  if (!isApiError(error)) return error;
  const { __type, message, Message, ...details } = error.body;
  const [namespace = "", code = ""] = String(__type).split("#");
  const text = String(message ?? Message ?? "");
  return new DynamoError(code, text, { status: error.statusCode, namespace, details });
}

function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && "statusCode" in error && "body" in error;
}
