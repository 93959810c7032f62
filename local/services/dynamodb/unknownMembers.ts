import { notSupported } from "../../protocol/awsError.ts";
import { type OperationName, operations } from "./operations.ts";

type Input = Readonly<Record<string, unknown>>;

/**
 * Members that dynalite does not know, and values with which they ask for nothing that it would have
 * to do. `any`: the local cloud takes care of them itself, or they change nothing here.
 */
const harmless: Readonly<Record<string, readonly unknown[] | "any">> = {
  "DeleteItem.ReturnValuesOnConditionCheckFailure": "any",
  "PutItem.ReturnValuesOnConditionCheckFailure": "any",
  "UpdateItem.ReturnValuesOnConditionCheckFailure": "any",
  // Every read is consistent.
  "Scan.ConsistentRead": "any",
  "CreateTable.DeletionProtectionEnabled": "any",
  "CreateTable.SSESpecification": [{ Enabled: false }],
  "CreateTable.StreamSpecification": "any",
  "CreateTable.TableClass": "any",
  "CreateTable.Tags": "any",
};

/**
 * Refuses what would be ignored otherwise.
 * @throws AwsError NotImplemented
 */
export function refuseUnknownMembers(operation: OperationName, input: Input): void {
  for (const [member, value] of Object.entries(input)) {
    if (member in operations[operation].input.types || value === undefined) continue;
    const values = harmless[`${operation}.${member}`] ?? [];
    if (values === "any" || values.some((known) => equal(known, value))) continue;
    throw notSupported(`${member} of DynamoDB's ${operation}`);
  }
  if (input.ReturnItemCollectionMetrics === "SIZE") {
    throw notSupported(`ReturnItemCollectionMetrics of DynamoDB's ${operation}`);
  }
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
