import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { queueLimits } from "../../aws/limits.ts";
import { type QueueRole, queueLogicalName } from "../names.ts";
import { type PolicyDocument, policyText } from "../policies/document.ts";
import { deadLetterQueuePolicy, queuePolicy } from "../policies/queuePolicy.ts";
import { fifoQueueArgs } from "../topic/fifoSettings.ts";
import type { TopicContext } from "../topicContext.ts";
import { fromFutureQueueArn, futureQueueName, type QueuePlace } from "./queuePlace.ts";

/** SQS's longest: time enough to notice, mend and redrive. */
const fourteenDays = queueLimits.retentionSeconds.max;

const defaultMaxReceiveCount = 5;

/** Whose queues are made, and where. */
export type QueueOwner = QueuePlace & {
  readonly context: TopicContext;
  readonly parent: pulumi.Resource;
};

/** A consumer that is not ours has queues with the topic, for what cannot be delivered to it. */
export function outside(context: TopicContext, consumer: string): Omit<QueueOwner, "parent"> {
  return { context, consumer, fifo: false, region: undefined, account: undefined };
}

export type QueueSettings = {
  readonly maxReceiveCount: pulumi.Input<number> | undefined;
  readonly deadLetterRetentionSeconds: pulumi.Input<number> | undefined;
  readonly queue: aws.sqs.QueueArgs;
};

/**
 * A consumer's queue and its dead-letter queue. Redrive, access and allowance are inline: as resources
 * of their own, each would make the provider wait half a minute more.
 */
export function createQueuePair(
  owner: QueueOwner,
  settings: QueueSettings,
): { queue: aws.sqs.Queue; deadLetterQueue: aws.sqs.Queue } {
  const deadLetterQueue = createQueue(owner, "deadLetters", deadLetterQueuePolicy, {
    messageRetentionSeconds: settings.deadLetterRetentionSeconds ?? fourteenDays,
    redriveAllowPolicy: fromFutureQueueArn(owner.context.topic, owner, "work", (source) =>
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
 * The dead-letter queue of a subscription: what SNS could not deliver. The topic sends to it itself, so
 * it has the access policy of a consumer's queue. It lives with the subscription, in the topic's region.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function createUndeliveredQueue(owner: QueueOwner): aws.sqs.Queue {
  const { topic } = owner.context;
  const region = owner.region && topic.arn.apply((arn) => arnParts(arn).region);
  return createQueue({ ...owner, region }, "undelivered", queuePolicy, {
    messageRetentionSeconds: fourteenDays,
  });
}

/** Where Lambda puts the events that a directly invoked function failed on. Always a standard queue. */
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
  const { topic } = context;
  const logicalName = queueLogicalName(context.name, consumer, role);
  const args: aws.sqs.QueueArgs = {
    name: futureQueueName(topic, owner, role),
    ...(owner.fifo ? fifoQueueArgs(context.fifo) : {}),
    ...settings,
    ...encryption(context.key),
    maxMessageSize: context.maxMessageSize,
    policy: fromFutureQueueArn(topic, owner, role, (own, topicArn) =>
      policyText("queue", logicalName, policy(own, topicArn)),
    ),
    region: owner.region,
    tags: context.tags,
  };
  const transform = role === "work" ? context.transform.queue : context.transform.deadLetterQueue;
  return new aws.sqs.Queue(logicalName, transform?.(args, consumer) ?? args, {
    parent: owner.parent,
  });
}

/** SQS's own keys cost nothing and need no policy. */
function encryption(key: aws.kms.Key | undefined): aws.sqs.QueueArgs {
  return key === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: key.arn };
}
