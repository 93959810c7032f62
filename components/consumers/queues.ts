import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { queueLimits } from "../../aws/limits.ts";
import { snsPrincipal } from "../../aws/snsRegions.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  policyText,
  type Statement,
} from "../policyDocument.ts";
import { fifoQueueArgs } from "../topic/fifo.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import { rejectChanges, rejectManagedKey } from "../transformed.ts";
import {
  fromFutureQueueArn,
  futureQueueName,
  type QueuePlacement,
  type QueueRole,
  queueLogicalName,
} from "./names.ts";

/** SQS's maximum: time to notice, fix and redrive. */
const fourteenDays = queueLimits.retentionSeconds.max;

export const defaultMaxReceiveCount = 5;

/** The consumer that queues are created for. */
export type QueueOwner = QueuePlacement & {
  readonly context: TopicContext;
  readonly parent: pulumi.Resource;
};

/** The owner of standard queues in the topic's region. */
export function inTopicRegion(context: TopicContext, consumer: string): Omit<QueueOwner, "parent"> {
  const { region, account } = context.place ?? {};
  return { context, consumer, fifo: false, region, account };
}

export type QueueSettings = {
  readonly maxReceiveCount: pulumi.Input<number> | undefined;
  readonly deadLetterRetentionSeconds: pulumi.Input<number> | undefined;
  readonly queue: aws.sqs.QueueArgs;
};

/**
 * Creates a consumer's queue and its dead-letter queue. The policies are inline, because the provider would
 * wait another half minute for each policy resource: docs/adr/0002-inline-queue-attributes.md.
 */
export function createQueuePair(
  owner: QueueOwner,
  settings: QueueSettings,
): { queue: aws.sqs.Queue; deadLetterQueue: aws.sqs.Queue } {
  const deadLetterQueue = createQueue(owner, "deadLetters", deadLetterQueuePolicy, {
    messageRetentionSeconds: settings.deadLetterRetentionSeconds ?? fourteenDays,
    redriveAllowPolicy: fromFutureQueueArn(owner.context, owner, "work", (source) =>
      JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [source] }),
    ),
  });
  const queue = createQueue(owner, "work", queuePolicy, {
    ...settings.queue,
    redrivePolicy: redrivePolicy(deadLetterQueue, settings.maxReceiveCount),
  });
  return { queue, deadLetterQueue };
}

function redrivePolicy(
  { arn }: aws.sqs.Queue,
  maxReceiveCount: pulumi.Input<number> = defaultMaxReceiveCount,
): pulumi.Output<string> {
  if (typeof maxReceiveCount !== "number") {
    return pulumi.jsonStringify({ deadLetterTargetArn: arn, maxReceiveCount });
  }
  return arn.apply((deadLetterTargetArn) =>
    JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
  );
}

/**
 * Creates the dead-letter queue of a subscription. The topic itself sends to it, so its access policy is
 * that of a consumer's queue. It has to be in the subscription's region, which is the topic's.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function createUndeliveredQueue(owner: QueueOwner): aws.sqs.Queue {
  const { topic } = owner.context;
  const region = owner.region && topic.arn.apply((arn) => arnParts(arn).region);
  return createQueue({ ...owner, region }, "undelivered", queuePolicy, {
    messageRetentionSeconds: fourteenDays,
  });
}

/** Creates the queue to which Lambda sends events that a directly invoked function failed on. */
export function createFailureQueue(owner: QueueOwner): aws.sqs.Queue {
  return createQueue(owner, "failures", deadLetterQueuePolicy, {
    messageRetentionSeconds: fourteenDays,
  });
}

function createQueue(
  owner: QueueOwner,
  role: QueueRole,
  policy: (queueArn: string, topicArn: string) => PolicyDocument,
  settings: aws.sqs.QueueArgs,
): aws.sqs.Queue {
  const { context, consumer } = owner;
  const logicalName = queueLogicalName(context.name, consumer, role);
  const args: aws.sqs.QueueArgs = {
    name: futureQueueName(context, owner, role),
    ...(owner.fifo ? fifoQueueArgs(context.fifo) : {}),
    ...settings,
    ...encryption(context.key),
    maxMessageSize: context.maxMessageSize,
    policy: fromFutureQueueArn(context, owner, role, (own, topicArn) =>
      policyText("queue", logicalName, policy(own, topicArn)),
    ),
    region: owner.region,
    tags: context.tags,
  };
  return new aws.sqs.Queue(logicalName, transformed(owner, role, args), { parent: owner.parent });
}

/** Policies and the other queue refer to the queue by its ARN, before it exists. */
function transformed(
  { context, consumer }: QueueOwner,
  role: QueueRole,
  args: aws.sqs.QueueArgs,
): aws.sqs.QueueArgs {
  const which = role === "work" ? "queue" : "deadLetterQueue";
  const result = context.transform[which]?.(args, consumer) ?? args;
  if (result !== args) {
    const where = `FanoutTopic "${context.name}": consumer "${consumer}": transform.${which}`;
    rejectChanges(args, result, where, {
      name: "queues are named after their topic; name the topic by transform.topic, or use existingQueueArn",
      namePrefix:
        "queues are named after their topic; name the topic by transform.topic, or use existingQueueArn",
      fifoQueue: "set fifo on the consumer",
      region: "set region on the consumer",
    });
    if (role === "work" || role === "undelivered") rejectManagedKey(result, where);
  }
  return result;
}

/**
 * The access policy of a queue that a topic delivers to: only this topic may send, over TLS. The topic's
 * ARN also excludes other topics of the same account.
 * https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
 */
function queuePolicy(queueArn: string, topicArn: string): PolicyDocument {
  return policyDocument(topicSends(queueArn, topicArn), denyInsecureTransport("sqs:*", queueArn));
}

export function topicSends(queueArn: string, topicArn: string): Statement {
  return {
    Sid: "TopicSends",
    Effect: "Allow",
    Principal: { Service: snsPrincipal(arnParts(topicArn), arnParts(queueArn)) },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
  };
}

/** The access policy of a dead-letter queue. SQS and Lambda need no permission in it. */
function deadLetterQueuePolicy(queueArn: string): PolicyDocument {
  return policyDocument(denyInsecureTransport("sqs:*", queueArn));
}

/** SSE-SQS is free and needs no policy. */
function encryption(key: aws.kms.Key | undefined): aws.sqs.QueueArgs {
  return key === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: key.arn };
}
