import db, { type Item, type Table } from "dynalite/db/index.js";
import { isObject } from "../../../../aws/isObject.ts";
import { validationError } from "../dynamoError.ts";
import type { Checked, Engine, Input } from "../engine.ts";
import { keyOf } from "../itemLocks.ts";
import { type ItemWrite, writtenItem } from "../itemWrites.ts";

/** One of the things that a transaction does. */
export type TransactItem = {
  readonly operation: ItemWrite;
  readonly checked: Checked;
  readonly table: Table;
  readonly key: Item;
  /** Whether the condition is all that is wanted: nothing is written. */
  readonly checksOnly: boolean;
  readonly returnsItemOnFailure: boolean;
};

/** A condition is checked as a deletion is, and the deletion forgotten. */
const operations: Readonly<Record<string, ItemWrite>> = {
  ConditionCheck: "DeleteItem",
  Delete: "DeleteItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/**
 * Reads a member of `TransactItems`.
 * @throws AwsError ValidationException, ResourceNotFoundException
 */
export async function readTransactItem(engine: Engine, item: unknown): Promise<TransactItem> {
  const { action, input } = onlyAction(item);
  const operation = operations[action];
  if (operation === undefined) throw wrongActions();
  if (action === "ConditionCheck" && input.ConditionExpression === undefined) {
    throw validationError(
      "The expression can not be empty; ConditionCheck needs a ConditionExpression",
    );
  }
  if (action === "Update" && input.UpdateExpression === undefined) {
    throw validationError("The expression can not be empty; Update needs an UpdateExpression");
  }
  const checked = engine.check(operation, input);
  const table = await engine.table(String(checked.TableName));
  return {
    operation,
    checked,
    table,
    key: keyOf(writtenItem(checked), table),
    checksOnly: action === "ConditionCheck",
    returnsItemOnFailure: input.ReturnValuesOnConditionCheckFailure === "ALL_OLD",
  };
}

function onlyAction(item: unknown): { action: string; input: Input } {
  const actions = isObject(item) ? Object.entries(item) : [];
  const [[action, input] = ["", undefined], ...more] = actions;
  if (more.length > 0 || !isObject(input)) throw wrongActions();
  return { action, input };
}

function wrongActions(): Error {
  return validationError("TransactItems can only contain one of Check, Put, Update or Delete");
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maximumItems = 100;
const maximumBytes = 4 * 1024 * 1024;

/** @throws AwsError ValidationException */
export function checkCount(items: readonly unknown[]): void {
  if (items.length > 0 && items.length <= maximumItems) return;
  const limit =
    items.length === 0 ? "greater than or equal to 1" : `less than or equal to ${maximumItems}`;
  throw validationError(
    `1 validation error detected: Value '[${items.length} items]' at 'transactItems' failed to satisfy constraint: Member must have length ${limit}`,
  );
}

/** @throws AwsError ValidationException */
export function checkSize(items: readonly Item[]): void {
  const size = items.reduce((sum, item) => sum + db.itemSize(item), 0);
  if (size <= maximumBytes) return;
  throw validationError(
    `Transaction cancelled: its items have ${size} bytes together, and may have ${maximumBytes}`,
  );
}

/** @throws AwsError ValidationException */
export function checkDistinct(names: readonly string[]): void {
  if (new Set(names).size === names.length) return;
  throw validationError("Transaction request cannot include multiple operations on one item");
}
