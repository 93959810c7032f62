import type { SQSBatchItemFailure, SQSRecord } from "aws-lambda";
import type { QueueHandler } from "./batch.ts";
import { logger } from "./logger.ts";
import { openQueueRecord } from "./message.ts";
import { publishCounts } from "./metrics.ts";
import { type RecordHandler, run } from "./recordHandler.ts";
import { Retries } from "./retries/retries.ts";
import { maxReceiveCountOfQueue } from "./retries/retrySettings.ts";
import type { Delayed } from "./retries/visibility.ts";

export type FifoBatchOptions = {
  /**
   * Receives after which the queue moves a message to its dead-letter queue. It has to be the queue's: a smaller
   * number breaks the order. @default FANOUT_MAX_RECEIVE_COUNT, which the component sets; without it, none
   */
  readonly maxReceiveCount?: number;
};

/**
 * Handles batches of a FIFO queue, one message after another. When a message fails, the later ones of its
 * group are not handled and are received again with it, in order; other groups continue. With `retries.backoff`
 * the whole group waits for the delay of its failed message.
 *
 * Each receive counts for the messages that are held back, too. If a message fails at its last receive, its
 * group therefore continues: the message moves to the dead-letter queue, and those behind it would follow
 * without having been handled once. This is the order in which single messages would be handled.
 *
 * A function that times out or crashes has handled no message of its batch, but all of them use up a receive.
 * With batches of one message, the component's default, no message is held back at all.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function handleFifoBatch(
  recordHandler: RecordHandler,
  options: FifoBatchOptions = {},
): QueueHandler {
  const { maxReceiveCount = maxReceiveCountOfQueue() } = options;
  const retries = new Retries(maxReceiveCount);
  return async (event, context) => {
    logger.addContext(context);
    const batchItemFailures: SQSBatchItemFailure[] = [];
    const delayed: Delayed[] = [];
    const heldBack = new Map<string, Failure>();
    for (const record of event.Records) {
      const group = groupOf(record);
      const failure = heldBack.get(group) ?? (await failureOf(record));
      if (failure === undefined) continue;
      if (heldBack.has(group)) logHeldBack(record);
      batchItemFailures.push({ itemIdentifier: record.messageId });
      const { seconds } = failure;
      if (seconds !== undefined) delayed.push({ record, seconds });
      if (receivesOf(record) < maxReceiveCount) heldBack.set(group, failure);
    }
    await retries.delay(delayed);
    publishCounts();
    return { batchItemFailures };

    /** The failure itself is logged by `run`. */
    async function failureOf(record: SQSRecord): Promise<Failure | undefined> {
      try {
        await run(recordHandler, openQueueRecord(record), context);
        return undefined;
      } catch (error) {
        if (await retries.movesToDeadLetters(record, error)) return undefined;
        return { seconds: retries.delayOf(record, error) };
      }
    }
  };
}

/** Seconds until the group is received again; undefined for the queue's visibility timeout. */
type Failure = { readonly seconds: number | undefined };

function groupOf({ attributes }: SQSRecord): string {
  return attributes.MessageGroupId ?? "";
}

function receivesOf({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}

function logHeldBack({ messageId }: SQSRecord): void {
  logger.warn("held back", { messageId, reason: "an earlier message of its group failed" });
}
