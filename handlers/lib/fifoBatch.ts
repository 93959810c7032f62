import type { SQSBatchItemFailure, SQSRecord } from "aws-lambda";
import type { QueueHandler } from "./batch.ts";
import { logger } from "./logger.ts";
import { openQueueRecord } from "./message.ts";
import { publishCounts } from "./metrics.ts";
import { type RecordHandler, run } from "./recordHandler.ts";

/** Set by the component on the functions of FIFO queues with batches of more than one message. */
const maxReceiveCountVariable = "FANOUT_MAX_RECEIVE_COUNT";

export type FifoBatchOptions = {
  /**
   * Receives after which the queue moves a message to its dead-letter queue. It has to be the queue's: a smaller
   * number breaks the order. @default FANOUT_MAX_RECEIVE_COUNT, which the component sets; without it, none
   */
  readonly maxReceiveCount?: number;
};

/**
 * Handles batches of a FIFO queue, one message after another. When a message fails, the later ones of its
 * group are not handled and are received again with it, in order; other groups continue.
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
  return async (event, context) => {
    logger.addContext(context);
    const batchItemFailures: SQSBatchItemFailure[] = [];
    const heldBack = new Set<string>();
    for (const record of event.Records) {
      const group = groupOf(record);
      const succeeded = heldBack.has(group)
        ? logHeldBack(record)
        : await succeeds(() => run(recordHandler, openQueueRecord(record), context));
      if (succeeded) continue;
      batchItemFailures.push({ itemIdentifier: record.messageId });
      if (receivesOf(record) < maxReceiveCount) heldBack.add(group);
    }
    publishCounts();
    return { batchItemFailures };
  };
}

/** Infinite if it is not known: a group then never continues past a failure. */
function maxReceiveCountOfQueue(): number {
  const given = Number(process.env[maxReceiveCountVariable]);
  return given >= 1 ? given : Number.POSITIVE_INFINITY;
}

/** The failure itself is logged by `run`. */
async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

function groupOf({ attributes }: SQSRecord): string {
  return attributes.MessageGroupId ?? "";
}

function receivesOf({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}

function logHeldBack({ messageId }: SQSRecord): false {
  logger.warn("held back", { messageId, reason: "an earlier message of its group failed" });
  return false;
}
