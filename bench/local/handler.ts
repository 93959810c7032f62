import type { SQSBatchResponse } from "aws-lambda";

/** Does nothing, so that what is measured is the way to it and back. */
export async function handler(): Promise<SQSBatchResponse> {
  return { batchItemFailures: [] };
}
