import { isObject } from "../../../../aws/isObject.ts";
import { listIn, member, recordIn } from "../inputShape.ts";

/** What an operation needs the caller's permission for. */
export type Permission = {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN of the table or index; `*` for the service. */
  readonly resource: string;
};

type Input = Readonly<Record<string, unknown>>;

/** The action of each member of a transaction's items. */
const transactActions: Readonly<Record<string, string>> = {
  ConditionCheck: "ConditionCheckItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/**
 * The permissions of a call: a transaction needs those of each of its parts, a batch one for each table.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 * @param arn of a table by its name
 */
export function permissionsOf(
  operation: string,
  input: Input,
  arn: (table: string) => string,
): readonly Permission[] {
  switch (operation) {
    case "ListTables":
      return [{ action: "dynamodb:ListTables", resource: "*" }];
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.keys(recordIn(input, "RequestItems")).map((table) => ({
        action: `dynamodb:${operation}`,
        resource: arn(table),
      }));
    case "TransactGetItems":
    case "TransactWriteItems":
      return distinct(
        listIn(input, "TransactItems").flatMap((item) => transactPermission(item, arn)),
      );
    case "ListTagsOfResource":
    case "TagResource":
    case "UntagResource":
      return [{ action: `dynamodb:${operation}`, resource: String(input.ResourceArn) }];
    default:
      return [{ action: `dynamodb:${operation}`, resource: resourceOf(input, arn) }];
  }
}

function transactPermission(item: unknown, arn: (table: string) => string): Permission[] {
  if (!isObject(item)) return [];
  return Object.entries(item).flatMap(([kind, request]) => {
    const action = transactActions[kind];
    const table = String(member(request, "TableName"));
    return action === undefined ? [] : { action: `dynamodb:${action}`, resource: arn(table) };
  });
}

/** An index is a resource of its own. */
function resourceOf({ TableName, IndexName }: Input, arn: (table: string) => string): string {
  const table = arn(String(TableName));
  return IndexName === undefined ? table : `${table}/index/${IndexName}`;
}

function distinct(permissions: readonly Permission[]): Permission[] {
  const byName = new Map(permissions.map((one) => [`${one.action} ${one.resource}`, one]));
  return [...byName.values()];
}
