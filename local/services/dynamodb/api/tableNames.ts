import { parseArn } from "../../../../aws/arn.ts";
import { isObject } from "../../../../aws/isObject.ts";
import { account } from "../../../arn.ts";
import { DynamoError, validationError } from "../dynamoError.ts";
import type { Input, Output } from "../engine.ts";
import { listIn, recordIn } from "../inputShape.ts";

/** The input of a call with the names of its tables, and what gives its output the ARNs that the caller used. */
export type NamedTables = {
  readonly input: Input;
  readonly restore: (output: Output) => Output;
};

/**
 * Replaces the ARNs of tables by their names: callers may use either.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-cross-account-access.html
 * @throws AwsError ResourceNotFoundException for a table of another account or region; ValidationException
 *   for a batch that names one table twice
 */
export function withTableNames(input: Input, region: string): NamedTables {
  const given = new Map<string, string>();
  const named = (table: string) => {
    const name = nameOf(table, region);
    if (name !== table) given.set(name, table);
    return name;
  };
  const renamed = renameInput(input, named);
  if (given.size === 0) return { input, restore: (output) => output };
  return {
    input: renamed,
    restore: (output) => renameOutput(output, (name) => given.get(name) ?? name),
  };
}

type Rename = (table: string) => string;

function nameOf(table: string, region: string): string {
  const arn = parseArn(table);
  const [kind, name] = arn?.resource.split("/") ?? [];
  if (arn?.service !== "dynamodb" || kind !== "table" || name === undefined) return table;
  if (arn.account === account && arn.region === region) return name;
  throw new DynamoError(
    "ResourceNotFoundException",
    `Requested resource not found: Table: ${table} not found`,
  );
}

function renameInput(input: Input, rename: Rename): Input {
  const items = listIn(input, "TransactItems");
  return {
    ...withTable(input, rename),
    ...(isObject(input.RequestItems) && { RequestItems: withKeys(input.RequestItems, rename) }),
    ...(items.length > 0 && { TransactItems: items.map((item) => transactItem(item, rename)) }),
  };
}

function transactItem(item: unknown, rename: Rename): unknown {
  if (!isObject(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([action, request]) => [
      action,
      isObject(request) ? withTable(request, rename) : request,
    ]),
  );
}

function renameOutput(output: Output, rename: Rename): Output {
  const { ConsumedCapacity: used } = output;
  const byTable = ["Responses", "UnprocessedItems", "UnprocessedKeys"].flatMap((member) =>
    isObject(output[member]) ? [[member, withKeys(recordIn(output, member), rename)]] : [],
  );
  return {
    ...output,
    ...Object.fromEntries(byTable),
    ...(isObject(used) && { ConsumedCapacity: withTable(used, rename) }),
    ...(Array.isArray(used) && {
      ConsumedCapacity: used.map((one) => (isObject(one) ? withTable(one, rename) : one)),
    }),
  };
}

function withTable(record: Input, rename: Rename): Input {
  const { TableName: table } = record;
  return typeof table === "string" ? { ...record, TableName: rename(table) } : record;
}

function withKeys(record: Input, rename: Rename): Input {
  const entries = Object.entries(record).map(([table, value]) => [rename(table), value] as const);
  const renamed = Object.fromEntries(entries);
  if (Object.keys(renamed).length < entries.length) {
    throw validationError("Provided list of tables names one of them by its name and by its ARN");
  }
  return renamed;
}
