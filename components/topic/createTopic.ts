import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs } from "../fanoutTopic.ts";
import {
  createDeliveryLogs,
  createLoggingRole,
  loggingArgs,
} from "../monitoring/deliveryLogging.ts";
import { createTracingPolicy } from "../monitoring/tracing.ts";

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
   * Keeps published messages for replay: 1 to 365 days. A topic with an archive cannot be deleted: remove
   * this first. @default none
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
export function fifoSettings(fifo: FanoutTopicArgs["fifo"]): FifoSettings | undefined {
  if (!fifo) return undefined;
  const given = fifo === true ? {} : fifo;
  return {
    contentBasedDeduplication: given.contentBasedDeduplication ?? true,
    highThroughput: given.highThroughput ?? false,
    archiveDays: given.archiveDays,
  };
}

/** Creates a topic. An existing topic is looked up and left unchanged. */
export function createTopic(
  name: string,
  args: FanoutTopicArgs,
  fifo: FifoSettings | undefined,
  key: aws.kms.Key | undefined,
  parent: pulumi.Resource,
): aws.sns.Topic {
  if (args.existingTopicArn !== undefined) {
    return aws.sns.Topic.get(name, args.existingTopicArn, {}, { parent });
  }
  const logging = args.deliveryLogging === true ? {} : args.deliveryLogging || undefined;
  const role = logging && createLoggingRole(name, args.tags, parent);
  const traced = args.tracing === true && fifo === undefined;
  const settings: aws.sns.TopicArgs = {
    ...(fifo ? fifoTopicArgs(fifo) : { signatureVersion: 2 }),
    ...(key && { kmsMasterKeyId: key.arn }),
    ...(role && loggingArgs(role, logging)),
    ...(traced && { tracingConfig: "Active" }),
    tags: args.tags,
  };
  const topic = new aws.sns.Topic(name, args.transform?.topic?.(settings) ?? settings, { parent });
  if (role) createDeliveryLogs(name, topic, role, { ...logging, tags: args.tags }, parent);
  if (traced) createTracingPolicy(name, topic, parent);
  return topic;
}

function fifoTopicArgs(fifo: FifoSettings): aws.sns.TopicArgs {
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
