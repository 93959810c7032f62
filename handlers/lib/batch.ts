import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { logger } from "./logger.ts";
import { openQueueRecord } from "./message.ts";
import { publishCounts } from "./metrics.ts";
import { type RecordHandler, run } from "./recordHandler.ts";
import { Retries } from "./retries/retries.ts";
import type { Delayed } from "./retries/visibility.ts";

/** Entry point of a function for a queue. The mapping must have `ReportBatchItemFailures`. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A failed message never fails the function, even if it is the only one of its batch: the poller would
 * slow down for all messages because of one that can never be handled.
 */
const reportFailures = { throwOnFullBatchFailure: false };

/**
 * Handles batches of a standard queue. Only the messages that failed are received again: after the queue's
 * visibility timeout, or as the consumer's `retries` say.
 */
export function handleBatch(
  recordHandler: RecordHandler,
  options: {
    /** Whether the messages of a batch are handled concurrently. @default true */
    readonly parallel?: boolean;
  } = {},
): QueueHandler {
  const processor = new BatchProcessor(EventType.SQS);
  const retries = new Retries();
  const { parallel: processInParallel = true } = options;
  return async (event, context) => {
    logger.addContext(context);
    const delayed: Delayed[] = [];
    const handle = async (record: SQSRecord) => {
      try {
        await run(recordHandler, openQueueRecord(record), context);
      } catch (error) {
        if (await retries.movesToDeadLetters(record, error)) return;
        const seconds = retries.delayOf(record, error);
        if (seconds !== undefined) delayed.push({ record, seconds });
        throw error;
      }
    };
    const response = await processPartialResponse(event, handle, processor, {
      ...reportFailures,
      processInParallel,
    });
    await retries.delay(delayed);
    publishCounts();
    return response;
  };
}
