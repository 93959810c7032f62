import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import {
  createDeliveryLogs,
  createLoggingRole,
  loggingArgs,
} from "../monitoring/deliveryLogging.ts";
import { createTracingPolicy } from "../monitoring/tracing.ts";
import { type FifoSettings, fifoTopicArgs } from "./fifo.ts";

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
