import type { Item, Table } from "dynalite/db/index.js";
import { isObject } from "../../../aws/isObject.ts";
import { DynamoError } from "./dynamoError.ts";
import type { Checked, Engine, Input, Output } from "./engine.ts";
import { HeldWrites } from "./heldWrites.ts";
import { withIndexCapacity } from "./indexCapacity.ts";
import { itemIn, listIn, member, recordIn } from "./inputShape.ts";
import { type ItemLocks, itemName, keyOf } from "./itemLocks.ts";
import type { TableStreams } from "./streams/tableStreams.ts";

export type ItemWrite = "DeleteItem" | "PutItem" | "UpdateItem";

/** Writes of single items and of batches. An item and its entries in indexes are written at once. */
export class ItemWrites {
  readonly #engine: Engine;
  readonly #locks: ItemLocks;
  readonly #streams: TableStreams;

  constructor(engine: Engine, locks: ItemLocks, streams: TableStreams) {
    this.#engine = engine;
    this.#locks = locks;
    this.#streams = streams;
  }

  /** @throws AwsError as DynamoDB answers */
  async write(operation: ItemWrite, input: Input): Promise<Output> {
    const checked = this.#engine.check(operation, input);
    const table = await this.#engine.table(String(checked.TableName));
    const key = keyOf(writtenItem(checked), table);
    return this.#locks.hold(namesOf([key], table), async () => {
      try {
        return await this.#writeAtOnce(operation, checked);
      } catch (error) {
        const wanted = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
        throw wanted ? await withItem(this.#engine, error, table, key) : error;
      }
    });
  }

  /** @throws AwsError as DynamoDB answers */
  async writeBatch(input: Input): Promise<Output> {
    const checked = this.#engine.check("BatchWriteItem", input);
    const names = await Promise.all(
      Object.keys(recordIn(checked, "RequestItems")).map(async (name) => {
        const table = await this.#engine.table(name);
        const requests = listIn(checked.RequestItems, name);
        const keys = requests.map((request) => keyOf(batchItem(request), table));
        return namesOf(keys, table);
      }),
    );
    return this.#locks.hold(names.flat(), () => this.#writeAtOnce("BatchWriteItem", checked));
  }

  async #writeAtOnce(operation: ItemWrite | "BatchWriteItem", checked: Checked): Promise<Output> {
    const held = new HeldWrites(this.#engine.store);
    // Running an input changes it.
    const { ReturnConsumedCapacity: wanted } = checked;
    const output = await this.#engine.run(operation, checked, held.store);
    const counted = await withIndexCapacity(this.#engine, output, wanted, held.writes);
    await this.#streams.write(held.writes);
    return withoutEmptyAttributes(counted);
  }
}

/** DynamoDB returns no `Attributes` where an update has left none. */
function withoutEmptyAttributes(output: Output): Output {
  const { Attributes: attributes, ...others } = output;
  const isEmpty = isObject(attributes) && Object.keys(attributes).length === 0;
  return isEmpty ? others : output;
}

/** A failed condition returns the item that made it fail, if the caller requested that. */
export async function withItem(
  engine: Engine,
  error: unknown,
  table: Table,
  key: Item,
): Promise<unknown> {
  if (!(error instanceof DynamoError) || error.code !== "ConditionalCheckFailedException") {
    return error;
  }
  const { Item } = await engine.run("GetItem", { TableName: table.TableName, Key: key });
  return new DynamoError(error.code, error.message, { details: { ...(Item ? { Item } : {}) } });
}

/** The item that an operation writes: all of it, or its key. */
export function writtenItem(checked: Checked): Item {
  return itemIn(checked, checked.Item === undefined ? "Key" : "Item");
}

function batchItem(request: unknown): Item {
  const put = member(request, "PutRequest");
  return put === undefined ? itemIn(member(request, "DeleteRequest"), "Key") : itemIn(put, "Item");
}

function namesOf(keys: readonly Item[], table: Table): string[] {
  return keys.flatMap((key) => itemName(key, table) ?? []);
}
