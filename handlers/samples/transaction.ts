import { setTimeout } from "node:timers/promises";
import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

export type TransactionItems = NonNullable<TransactWriteCommandInput["TransactItems"]>;

/** A condition that did not hold, so that nothing was written. */
export type FailedCondition = {
  /** Position of its item in the transaction, from 0. */
  readonly index: number;
  /** The item as it is, where `ReturnValuesOnConditionCheckFailure` asks for it and it exists. */
  readonly item: CancellationReason["Item"];
};

/** Somebody else wrote one of the items at that moment, or the table was asked for too much. */
const passing = new Set([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

const mostTries = 6;

/**
 * Writes all items or none (100 at most). Returns the conditions that did not hold; when there is none,
 * all is written. A conflict is tried again here, up to 6 times within 3 seconds: the SDK does
 * not, and a redelivery would hold up the message group for a whole visibility timeout.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function writeAll(
  client: DynamoDBDocumentClient,
  items: TransactionItems,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): Promise<FailedCondition[]> {
  for (let tries = 1; ; tries++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: items }));
      return [];
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const failed = failedConditions(reasons);
      if (failed.length > 0) return failed;
      const mayPass = reasons.some(({ Code = "" }) => passing.has(Code));
      if (!mayPass || tries === mostTries) throw error;
      await wait(backoff(tries));
    }
  }
}

function failedConditions(reasons: readonly CancellationReason[]): FailedCondition[] {
  return reasons.flatMap(({ Code, Item }, index) =>
    Code === "ConditionalCheckFailed" ? [{ index, item: Item }] : [],
  );
}

/** Milliseconds: up to 100 at first, then doubling, and at random, so that rivals do not meet again. */
function backoff(tries: number): number {
  return Math.random() * 100 * 2 ** (tries - 1);
}
