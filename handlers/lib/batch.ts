import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { logger } from "./logger.ts";
import { openQueueRecord } from "./message.ts";
import { publishCounts } from "./metrics.ts";
import { type RecordHandler, run } from "./recordHandler.ts";

/** Entry point of a function for a queue. The mapping must have `ReportBatchItemFailures`. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A failed message never fails the function, even if it is the only one of its batch: the poller would
 * slow down for all messages because of one that can never be handled.
 */
const reportFailures = { throwOnFullBatchFailure: false };

/** Handles batches of a standard queue. Only the messages that failed are received again. */
export function handleBatch(
  recordHandler: RecordHandler,
  options: {
    /** Whether the messages of a batch are handled concurrently. @default true */
    readonly parallel?: boolean;
  } = {},
): QueueHandler {
  const processor = new BatchProcessor(EventType.SQS);
  const { parallel: processInParallel = true } = options;
  return async (event, context) => {
    logger.addContext(context);
    const response = await processPartialResponse(
      event,
      (record: SQSRecord) => run(recordHandler, openQueueRecord(record), context),
      processor,
      { ...reportFailures, processInParallel },
    );
    publishCounts();
    return response;
  };
}

/**
 * Handles batches of a FIFO queue, one message after another. When a message fails, the later ones of its
 * group are not handled and are received again with it, in order; other groups continue.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function handleFifoBatch(recordHandler: RecordHandler): QueueHandler {
  const processor = new SqsFifoPartialProcessorAsync();
  return async (event, context) => {
    logger.addContext(context);
    const tried = new Set<string>();
    const response = await processPartialResponse(
      event,
      (record: SQSRecord) => {
        tried.add(record.messageId);
        return run(recordHandler, openQueueRecord(record), context);
      },
      processor,
      { ...reportFailures, skipGroupOnError: true },
    );
    logHeldBack(response, tried);
    publishCounts();
    return response;
  };
}

function logHeldBack({ batchItemFailures }: SQSBatchResponse, tried: ReadonlySet<string>): void {
  for (const { itemIdentifier: messageId } of batchItemFailures) {
    if (tried.has(messageId)) continue;
    logger.warn("held back", { messageId, reason: "an earlier message of its group failed" });
  }
}
