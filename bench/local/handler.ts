import type { SQSBatchResponse } from "aws-lambda";

/** Does nothing, so that only the delivery is measured. */
export async function handler(): Promise<SQSBatchResponse> {
  return { batchItemFailures: [] };
}
