import { AwsError } from "../../../protocol/awsError.ts";

/**
 * Refuses the entries of a batch that SNS does not take together.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
 */
export function checkBatchIds(ids: readonly string[]): void {
  if (ids.length === 0) {
    throw new AwsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  }
  if (ids.length > 10) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      "The batch request contains more entries than permissible.",
    );
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError(
      "BatchEntryIdsNotDistinct",
      "Two or more batch entries in the request have the same Id.",
    );
  }
  for (const id of ids) checkBatchId(id);
}

function checkBatchId(id: string): void {
  if (/^[\w-]{1,80}$/.test(id)) return;
  const problem = id.length > 80 ? "is too long" : "contains an impermissible character";
  throw new AwsError(
    "InvalidBatchEntryId",
    `The Id of a batch entry in the batch request ${problem}: ${id}`,
  );
}

/** Refuses a batch whose messages are too long together. Both in bytes. */
export function checkBatchSize(sizes: readonly number[], maximum: number): void {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= maximum) return;
  throw new AwsError(
    "BatchRequestTooLong",
    "The length of all the messages put together is more than the limit.",
  );
}
