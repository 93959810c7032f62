import type * as aws from "@pulumi/aws";

export interface FifoArgs {
  /**
   * Messages with equal bodies within 5 minutes count as one message. If false, each publish has to pass a
   * deduplication id. @default true
   */
  contentBasedDeduplication?: boolean;
  /**
   * Deduplicates and limits throughput for each message group instead of the whole topic, on the topic, its
   * queues and dead-letter queues. Cannot be turned off on an existing topic. @default false
   */
  highThroughput?: boolean;
  /**
   * Keeps published messages for replay: 1 to 365 days. 0 deactivates the archive and deletes its messages; deploy it
   * before you remove the field or the topic, which AWS rejects while there is an archive. @default none
   */
  archiveDays?: number;
}

/** FifoArgs with the defaults. */
export type FifoSettings = {
  readonly contentBasedDeduplication: boolean;
  readonly highThroughput: boolean;
  readonly archiveDays: number | undefined;
};

/** Undefined for a standard topic. */
export function fifoSettings(fifo: boolean | FifoArgs | undefined): FifoSettings | undefined {
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
    archivePolicy: fifo.archiveDays === undefined ? undefined : archivePolicy(fifo.archiveDays),
  };
}

/** SNS deactivates an archive by an empty policy, and rejects an empty text. */
function archivePolicy(days: number): string {
  return JSON.stringify(days === 0 ? {} : { MessageRetentionPeriod: String(days) });
}

/** Content-based deduplication is for direct senders and redrives: SNS passes the ids of its messages. */
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
