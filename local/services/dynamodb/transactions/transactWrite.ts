import type { Clock } from "../../../time/clock.ts";
import type { Engine, Input, Output } from "../engine.ts";
import { HeldWrites } from "../heldWrites.ts";
import { withIndexCapacity } from "../indexCapacity.ts";
import { listIn } from "../inputShape.ts";
import { type ItemLocks, itemName } from "../itemLocks.ts";
import { withItem, writtenItem } from "../itemWrites.ts";
import type { TableStreams } from "../streams/tableStreams.ts";
import { reasonOf, transactionCanceled } from "./cancellation.ts";
import { ClientTokens } from "./clientTokens.ts";
import { consumedCapacity } from "./consumedCapacity.ts";
import {
  checkCount,
  checkDistinct,
  checkSize,
  readTransactItem,
  type TransactItem,
} from "./transactItem.ts";

type Attempt = { readonly held: HeldWrites; readonly output: Output; readonly failure?: unknown };

/**
 * `TransactWriteItems`: everything is written in one batch of the database, or nothing is. Where AWS
 * refuses a transaction for another's sake (`TransactionConflict`), this one waits its turn.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export class TransactWrite {
  readonly #engine: Engine;
  readonly #locks: ItemLocks;
  readonly #clock: Clock;
  readonly #streams: TableStreams;
  #tokens: Promise<ClientTokens> | undefined;

  constructor(engine: Engine, locks: ItemLocks, clock: Clock, streams: TableStreams) {
    this.#engine = engine;
    this.#locks = locks;
    this.#clock = clock;
    this.#streams = streams;
  }

  /** @throws AwsError TransactionCanceledException, ValidationException, ResourceNotFoundException, IdempotentParameterMismatchException */
  async write(input: Input): Promise<Output> {
    const token = input.ClientRequestToken;
    const requests = listIn(input, "TransactItems");
    checkCount(requests);
    const items = await Promise.all(requests.map((item) => readTransactItem(this.#engine, item)));
    const names = items.flatMap(({ key, table }) => itemName(key, table) ?? []);
    checkDistinct(names);
    checkSize(items.map(({ checked }) => writtenItem(checked)));
    if (typeof token !== "string") {
      return this.#locks.hold(names, () => this.#writeAll(input, items));
    }
    return this.#locks.hold([...names, `token ${token}`], async () => {
      // Those of an earlier run are read when the first is needed.
      this.#tokens ??= ClientTokens.open(this.#clock, this.#engine.store.db);
      const tokens = await this.#tokens;
      if (tokens.wasDone(token, requests)) return this.#readAgain(input, items);
      return this.#writeAll(input, items, tokens.prepare(token, requests));
    });
  }

  async #writeAll(
    input: Input,
    items: readonly TransactItem[],
    token?: ReturnType<ClientTokens["prepare"]>,
  ): Promise<Output> {
    const attempts = await Promise.all(items.map((item) => this.#attempt(item)));
    const reasons = attempts.map(({ failure }) => reasonOf(failure));
    if (reasons.some(({ Code }) => Code !== "None")) throw transactionCanceled(reasons);
    const writes = attempts.flatMap(({ held }) => held.writes);
    await this.#streams.write([...writes, ...(token?.writes ?? [])]);
    token?.remember();
    const outputs = attempts.map(({ output }) => output);
    return consumedCapacity(input, "WriteCapacityUnits", outputs);
  }

  /** A transaction that was done before counts as a read of its items. */
  async #readAgain(input: Input, items: readonly TransactItem[]): Promise<Output> {
    const reads = items.map(({ table: { TableName }, key: Key }) => {
      const counted = { TableName, Key, ConsistentRead: true, ReturnConsumedCapacity: "INDEXES" };
      return this.#engine.run("GetItem", counted);
    });
    return consumedCapacity(input, "ReadCapacityUnits", await Promise.all(reads));
  }

  /** Does one item's work against the data as it is, and keeps back what it writes. */
  async #attempt(item: TransactItem): Promise<Attempt> {
    const { operation, checked, table, key, checksOnly, returnsItemOnFailure } = item;
    const held = new HeldWrites(this.#engine.store);
    try {
      const counted = { ...checked, ReturnConsumedCapacity: "INDEXES" };
      const output = await this.#engine.run(operation, counted, held.store);
      if (checksOnly) held.writes.splice(0);
      const all = await withIndexCapacity(this.#engine, output, "INDEXES", held.writes);
      return { held, output: all };
    } catch (error) {
      const failure = returnsItemOnFailure
        ? await withItem(this.#engine, error, table, key)
        : error;
      return { held, output: {}, failure };
    }
  }
}
