import { setTimeout } from "node:timers/promises";
import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

export type TransactionItems = NonNullable<TransactWriteCommandInput["TransactItems"]>;

/** A condition that failed; nothing was written. */
export type FailedCondition = {
  /** Position of its item in the transaction, from 0. */
  readonly index: number;
  /** The item as it is, where `ReturnValuesOnConditionCheckFailure` asks for it and it exists. */
  readonly item: CancellationReason["Item"];
};

/** Another write to one of the items was in progress, or the table was throttled. */
const transient = new Set([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

const maxAttempts = 6;

/**
 * Writes all items or none (100 at most). Returns the conditions that failed; if there is none, all items
 * are written. Conflicts are retried up to 6 times within 3 seconds: the SDK does not retry them, and a
 * redelivery would block the message group for a whole visibility timeout.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function writeAll(
  client: DynamoDBDocumentClient,
  items: TransactionItems,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): Promise<FailedCondition[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: items }));
      return [];
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const failed = failedConditions(reasons);
      if (failed.length > 0) return failed;
      const isTransient = reasons.some(({ Code = "" }) => transient.has(Code));
      if (!isTransient || attempt === maxAttempts) throw error;
      await wait(backoff(attempt));
    }
  }
}

function failedConditions(reasons: readonly CancellationReason[]): FailedCondition[] {
  return reasons.flatMap(({ Code, Item }, index) =>
    Code === "ConditionalCheckFailed" ? [{ index, item: Item }] : [],
  );
}

/** Milliseconds: random, up to 100 at first, then doubling. */
function backoff(attempt: number): number {
  return Math.random() * 100 * 2 ** (attempt - 1);
}
