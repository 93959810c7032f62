import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { policyText } from "../policies/document.ts";
import type { Publishers } from "../policies/publisherStatements.ts";
import { type KnownSubscriber, topicPolicy } from "../policies/topicPolicy.ts";
import { createDeliveryLogs, createLoggingRole, loggingArgs } from "../watching/deliveryLogging.ts";
import { createTracingPolicy } from "../watching/tracing.ts";
import { type FifoSettings, fifoTopicArgs } from "./fifoSettings.ts";

/** A new topic, or the one that exists already: that is read, and stays as it is. */
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

/** The one policy of a topic of ours. */
export function createTopicPolicy(
  name: string,
  publishers: pulumi.Output<Publishers>,
  subscribers: pulumi.Output<KnownSubscriber[]>,
  parent: pulumi.Resource,
): aws.sns.TopicPolicy {
  const policy = pulumi
    .all([publishers, subscribers])
    .apply(([known, foreign]) => policyText("topic", name, topicPolicy(known, foreign)));
  return new aws.sns.TopicPolicy(
    name,
    {
      arn: publishers.apply(({ topicArn }) => topicArn),
      policy,
    },
    { parent },
  );
}
