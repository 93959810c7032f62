import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { logger } from "../logger.ts";

/** A failed message, and the seconds until it can be received again. */
export type Delayed = { readonly record: SQSRecord; readonly seconds: number };

/** Of ChangeMessageVisibilityBatch. */
const largestBatch = 10;

/**
 * Delays the next receives of failed messages. A message whose delay SQS rejects, or that cannot be reached,
 * is received again after the queue's visibility timeout, as without a delay; the log says so.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html
 */
export async function delayReceives(
  client: SQSClient,
  queueUrl: string,
  delayed: readonly Delayed[],
): Promise<void> {
  for (let start = 0; start < delayed.length; start += largestBatch) {
    const batch = delayed.slice(start, start + largestBatch);
    try {
      await changeVisibility(client, queueUrl, batch);
    } catch (error) {
      for (const { record, seconds } of batch) notDelayed(record, seconds, error);
    }
  }
}

async function changeVisibility(
  client: SQSClient,
  queueUrl: string,
  batch: readonly Delayed[],
): Promise<void> {
  const { ChangeMessageVisibilityBatchCommand } = await import("@aws-sdk/client-sqs");
  const { Failed = [] } = await client.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queueUrl,
      Entries: batch.map(({ record, seconds }, index) => ({
        Id: String(index),
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: seconds,
      })),
    }),
  );
  for (const { Id, Code, Message } of Failed) {
    const failed = batch[Number(Id)];
    if (failed) notDelayed(failed.record, failed.seconds, `${Code}: ${Message}`);
  }
}

function notDelayed({ messageId }: SQSRecord, afterSeconds: number, error: unknown): void {
  logger.warn("not delayed", { messageId, afterSeconds, error });
}
