import type * as aws from "@pulumi/aws";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";

/** What makes a topic FIFO, with the defaults. */
export type FifoSettings = {
  readonly contentBasedDeduplication: boolean;
  readonly highThroughput: boolean;
  readonly archiveDays: number | undefined;
};

/** Undefined for a standard topic. */
export function fifoSettings(fifo: FanoutTopicArgs["fifo"]): FifoSettings | undefined {
  if (!fifo) return undefined;
  const given = fifo === true ? {} : fifo;
  return {
    contentBasedDeduplication: given.contentBasedDeduplication ?? true,
    highThroughput: given.highThroughput ?? false,
    archiveDays: given.archiveDays,
  };
}

export function fifoTopicArgs(fifo: FifoSettings): aws.sns.TopicArgs {
  return {
    fifoTopic: true,
    contentBasedDeduplication: fifo.contentBasedDeduplication,
    fifoThroughputScope: fifo.highThroughput ? "MessageGroup" : undefined,
    archivePolicy:
      fifo.archiveDays === undefined
        ? undefined
        : JSON.stringify({ MessageRetentionPeriod: String(fifo.archiveDays) }),
  };
}

/** FIFO queues deduplicate by content for those who send or redrive by hand; SNS passes its own ids on. */
export function fifoQueueArgs(fifo: FifoSettings | undefined): aws.sqs.QueueArgs {
  return {
    fifoQueue: true,
    contentBasedDeduplication: fifo?.contentBasedDeduplication ?? true,
    ...(fifo?.highThroughput && {
      deduplicationScope: "messageGroup",
      fifoThroughputLimit: "perMessageGroupId",
    }),
  };
}
