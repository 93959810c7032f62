import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { topicNameProblem } from "../../aws/resourceNames.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import {
  createDeliveryLogs,
  createLoggingRole,
  loggingArgs,
} from "../monitoring/deliveryLogging.ts";
import { createTracingPolicy } from "../monitoring/tracing.ts";
import { rejectChanges, rejectManagedKey, withCheckedName } from "../transformed.ts";
import { type FifoSettings, fifoTopicArgs } from "./fifo.ts";
import type { Transforms } from "./topicContext.ts";

export function createTopic(
  name: string,
  args: FanoutTopicArgs,
  fifo: FifoSettings | undefined,
  key: aws.kms.Key | undefined,
  parent: pulumi.Resource,
): aws.sns.Topic {
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
  const topic = new aws.sns.Topic(name, transformed(name, settings, args.transform), { parent });
  if (role) createDeliveryLogs(name, topic, role, { ...logging, tags: args.tags }, parent);
  if (traced) createTracingPolicy(name, topic, parent);
  return topic;
}

function transformed(
  name: string,
  settings: aws.sns.TopicArgs,
  transform: Transforms | undefined,
): aws.sns.TopicArgs {
  const args = transform?.topic?.(settings) ?? settings;
  if (args === settings) return args;
  const where = `FanoutTopic "${name}": transform.topic`;
  rejectChanges(settings, args, where, {
    fifoTopic: "set fifo on the component",
    region: "pass a provider for the region to the component",
  });
  rejectManagedKey(args, where);
  return withCheckedName(args, where, (given) => topicNameProblem(given, args.fifoTopic === true));
}
