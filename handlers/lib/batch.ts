import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  SqsFifoPartialProcessorAsync,
} from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { openQueueRecord } from "./envelope.ts";
import { logger } from "./logger.ts";
import { publishCounts } from "./metrics.ts";
import { type RecordHandler, run } from "./recordHandler.ts";

/** A function's entry point for a queue. The mapping must have partial batch responses on. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A failed message never fails the function, not even when it is the only one of its batch. The
 * report says the same of it whoever its neighbours were, and the poller does not slow down for
 * everybody because of one message that can never be handled.
 */
const reportFailures = { throwOnFullBatchFailure: false };

/** Handles a standard queue's batches. Only the messages that failed come back. */
export function handleBatch(
  recordHandler: RecordHandler,
  options: {
    /** Whether a batch's messages are handled at the same time, or one after another. @default true */
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
 * Handles a FIFO queue's batches, one message after another. When one fails, the later ones of its
 * message group are held back and come back with it, in order; other groups go on.
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
