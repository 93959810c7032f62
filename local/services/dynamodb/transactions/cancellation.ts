import { DynamoError } from "../dynamoError.ts";

/** Why one item of a transaction let it fail, or that it did not. */
export type CancellationReason = {
  readonly Code: "None" | "ConditionalCheckFailed" | "ValidationError";
  readonly Message?: string;
  readonly Item?: unknown;
};

/**
 * The reason that an item's failure stands for.
 * @throws the failure itself where it is none of the item's
 */
export function reasonOf(failure: unknown): CancellationReason {
  if (failure === undefined) return { Code: "None" };
  if (failure instanceof DynamoError) {
    const { code, message: Message, details } = failure;
    if (code === "ConditionalCheckFailedException") {
      return {
        Code: "ConditionalCheckFailed",
        Message,
        ...("Item" in details && { Item: details.Item }),
      };
    }
    if (code === "ValidationException") return { Code: "ValidationError", Message };
  }
  throw failure;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export function transactionCanceled(reasons: readonly CancellationReason[]): DynamoError {
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return new DynamoError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { details: { CancellationReasons: reasons } },
  );
}
