import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import type { QueueCounts } from "./inspection.ts";
import type { Queue } from "./queue.ts";

export type { QueueCounts } from "./inspection.ts";
export type { Queue } from "./queue.ts";

/** A message on its way into a queue. */
export type NewMessage = {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** 0 to 900; the queue's own delay when absent. Refused on a FIFO queue, other than 0. */
  readonly delaySeconds?: number;
  /** Needed on a FIFO queue; on a standard queue it marks the tenant of fair queues. */
  readonly groupId?: string;
  /** On a FIFO queue needed unless it deduplicates by content. */
  readonly deduplicationId?: string;
  readonly traceHeader?: string;
  /** Account or role id of the sender, for the attribute `SenderId`. */
  readonly senderId: string;
  /** The event that this message belongs to, for the trace; its own message id when absent. */
  readonly event?: string;
  /** ARN of the sender, for the trace. */
  readonly from: string;
};

export type SentMessage = {
  readonly messageId: string;
  readonly md5OfBody: string;
  /** Absent when the message has no attributes. */
  readonly md5OfAttributes?: string;
  /** FIFO queues only: 20 digits, growing within a group. */
  readonly sequenceNumber?: string;
};

/** A message as a receiver gets it. */
export type ReceivedMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: MessageAttributes;
  readonly md5OfAttributes?: string;
  /** `SentTimestamp`, `ApproximateReceiveCount`, `SenderId`, `MessageGroupId`, ... as AWS names them. */
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly event: string;
};

/** What Lambda's destinations need of the queues. */
export type QueueSender = {
  /** @throws AwsError when the queue does not exist or rejects the message */
  send(queueArn: string, message: NewMessage): SentMessage;
};

/** What SNS needs of the queues. */
export type QueueTargets = QueueSender & {
  find(queueArn: string): Pick<Queue, "fifo" | "attributes"> | undefined;
};

/** What Lambda's event source mappings need of the queues. */
export type PolledQueues = {
  /** @throws QueueDoesNotExist */
  get(queueArn: string): Queue;
  watch(queueArn: string, listener: () => void): () => void;
  receiveNow(
    queueArn: string,
    options: { maxMessages: number; visibilityTimeoutSeconds?: number; receiver?: string },
  ): ReceivedMessage[];
  deleteMessage(queueArn: string, receiptHandle: string): void;
  /** Does several of these in one transaction. */
  atOnce<T>(work: () => T): T;
};

/** What CloudWatch needs of the queues. */
export type MeasuredQueues = {
  list(): readonly Queue[];
  find(queueArn: string): Queue | undefined;
  counts(queueArn: string): QueueCounts;
  /** Calls `listener` for every message that a receiver deletes. */
  onDelete(listener: (queueArn: string) => void): void;
};
