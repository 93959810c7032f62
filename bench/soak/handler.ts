import { appendFileSync } from "node:fs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/** One in so many messages fails at a try. */
const failures = 50;

/**
 * Writes the message ids that it handles, one a line, and fails on some at random. Of a FIFO queue it handles
 * nothing after the first failure, as a handler has to.
 */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const { messageId, body, attributes } of Records) {
    const blocked = attributes.MessageGroupId !== undefined && failed.length > 0;
    if (blocked || Math.random() * failures < 1) failed.push(messageId);
    else appendFileSync(process.env.LEDGER ?? "", `${body}\n`);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
