import {
  parseRedriveAllowPolicy,
  parseRedrivePolicy,
  type RedriveAllowPolicy,
  type RedrivePolicy,
} from "./redrivePolicy.ts";

/** Attributes of a queue by name, as texts. */
export type QueueAttributes = Readonly<Record<string, string>>;

/**
 * The default attributes of a queue.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const defaults: QueueAttributes = {
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  SqsManagedSseEnabled: "true",
  VisibilityTimeout: "30",
};

const fifoDefaults: QueueAttributes = {
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoQueue: "true",
  FifoThroughputLimit: "perQueue",
};

/** All attributes of a queue, computed from those that were set. */
export function effectiveAttributes(set: QueueAttributes, fifo: boolean): QueueAttributes {
  const all = { ...defaults, ...(fifo ? fifoDefaults : {}), ...set };
  const { KmsDataKeyReusePeriodSeconds: reuse = "300", ...others } = all;
  const hasKey = set.KmsMasterKeyId !== undefined;
  return hasKey ? { ...others, KmsDataKeyReusePeriodSeconds: reuse } : others;
}

/** A queue's attributes as the engine uses them. */
export type QueueSettings = {
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly maximumMessageSize: number;
  readonly waitSeconds: number;
  readonly contentBasedDeduplication: boolean;
  /** Whether a deduplication id counts within its message group only. */
  readonly deduplicatesByGroup: boolean;
  readonly redrivePolicy: RedrivePolicy | undefined;
  readonly redriveAllowPolicy: RedriveAllowPolicy | undefined;
};

export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const { RedrivePolicy, RedriveAllowPolicy } = attributes;
  return {
    visibilityTimeoutSeconds: Number(attributes.VisibilityTimeout),
    delaySeconds: Number(attributes.DelaySeconds),
    retentionSeconds: Number(attributes.MessageRetentionPeriod),
    maximumMessageSize: Number(attributes.MaximumMessageSize),
    waitSeconds: Number(attributes.ReceiveMessageWaitTimeSeconds),
    contentBasedDeduplication: attributes.ContentBasedDeduplication === "true",
    deduplicatesByGroup: attributes.DeduplicationScope === "messageGroup",
    redrivePolicy: RedrivePolicy === undefined ? undefined : parseRedrivePolicy(RedrivePolicy),
    redriveAllowPolicy:
      RedriveAllowPolicy === undefined ? undefined : parseRedriveAllowPolicy(RedriveAllowPolicy),
  };
}
