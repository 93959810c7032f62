import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts, type QueueRole, queueArn, queueLogicalName, queueName } from "../names.ts";
import type { PolicyDocument } from "../policies/document.ts";
import { deadLetterQueuePolicy, queuePolicy } from "../policies/queuePolicy.ts";
import type { TopicContext } from "../topicContext.ts";

/** SQS's longest: time enough to notice, mend and redrive. */
const fourteenDays = 1_209_600;

const defaultMaxReceiveCount = 5;

/** Whose queues are made, and of which type. */
export type QueueOwner = {
  readonly context: TopicContext;
  readonly consumer: string;
  readonly fifo: boolean;
  readonly region: pulumi.Input<string> | undefined;
  readonly parent: pulumi.Resource;
};

/**
 * A consumer's queue and its dead-letter queue. Redrive, access and allowance are inline: as resources
 * of their own, each would make the provider wait half a minute more.
 */
export function createQueuePair(
  owner: QueueOwner,
  settings: {
    readonly maxReceiveCount: pulumi.Input<number> | undefined;
    readonly deadLetterRetentionSeconds: pulumi.Input<number> | undefined;
    readonly queue: aws.sqs.QueueArgs;
  },
): { queue: aws.sqs.Queue; deadLetterQueue: aws.sqs.Queue } {
  const deadLetterQueue = createQueue(owner, "deadLetters", deadLetterQueuePolicy, {
    messageRetentionSeconds: settings.deadLetterRetentionSeconds ?? fourteenDays,
    redriveAllowPolicy: pulumi.jsonStringify({
      redrivePermission: "byQueue",
      sourceQueueArns: [futureArn(owner, "work")],
    }),
  });
  const queue = createQueue(owner, "work", queuePolicy, {
    ...settings.queue,
    redrivePolicy: pulumi.jsonStringify({
      deadLetterTargetArn: deadLetterQueue.arn,
      maxReceiveCount: settings.maxReceiveCount ?? defaultMaxReceiveCount,
    }),
  });
  return { queue, deadLetterQueue };
}

/**
 * The dead-letter queue of a subscription: what SNS could not deliver. The topic sends to it itself,
 * so it has the access policy of a consumer's queue.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function createUndeliveredQueue(owner: QueueOwner): aws.sqs.Queue {
  return createQueue(owner, "undelivered", queuePolicy, { messageRetentionSeconds: fourteenDays });
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
  const arns = pulumi.all([futureArn(owner, role), context.topic.arn]);
  const args: aws.sqs.QueueArgs = {
    name: futureName(owner, role),
    ...(owner.fifo ? fifoSettings(context) : {}),
    ...settings,
    maxMessageSize: context.maxMessageSize,
    sqsManagedSseEnabled: true,
    policy: pulumi.jsonStringify(arns.apply(([own, topic]) => policy(own, topic))),
    region: owner.region,
    tags: context.tags,
  };
  const transform = role === "work" ? context.transform.queue : context.transform.deadLetterQueue;
  return new aws.sqs.Queue(
    queueLogicalName(context.name, consumer, role),
    transform?.(args, consumer) ?? args,
    { parent: owner.parent },
  );
}

/** FIFO queues deduplicate by content for those who send or redrive by hand; SNS passes its own ids on. */
function fifoSettings({ fifo }: TopicContext): aws.sqs.QueueArgs {
  return {
    fifoQueue: true,
    contentBasedDeduplication: fifo?.contentBasedDeduplication ?? true,
    ...(fifo?.highThroughput && {
      deduplicationScope: "messageGroup",
      fifoThroughputLimit: "perMessageGroupId",
    }),
  };
}

/** The physical name of a queue that does not exist yet: known once the topic has its own. */
function futureName({ context, consumer, fifo }: QueueOwner, role: QueueRole) {
  return context.topic.arn.apply((arn) => queueName(arnParts(arn).name, consumer, role, fifo));
}

function futureArn(owner: QueueOwner, role: QueueRole) {
  return pulumi
    .all([owner.context.topic.arn, futureName(owner, role), owner.region])
    .apply(([topicArn, name, region]) => queueArn(topicArn, name, region));
}
