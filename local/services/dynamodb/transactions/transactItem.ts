import type { Item, Table } from "dynalite/db/index.js";
import { validationError } from "../dynamoError.ts";
import type { Checked, Engine, Input } from "../engine.ts";
import { isRecord } from "../inputShape.ts";
import { keyOf } from "../itemKey.ts";
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
  const actions = isRecord(item) ? Object.entries(item) : [];
  const [[action, input] = ["", undefined], ...more] = actions;
  if (more.length > 0 || !isRecord(input)) throw wrongActions();
  return { action, input };
}

function wrongActions(): Error {
  return validationError("TransactItems can only contain one of Check, Put, Update or Delete");
}
