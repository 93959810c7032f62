import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { QueueConsumerSpec } from "../consumerSpec.ts";
import type { HandlerSpec } from "../handlerSpec.ts";
import { consumerName } from "../names.ts";
import { consumeQueue } from "../policies/functionRolePolicy.ts";
import type { TopicContext } from "../topicContext.ts";
import type { Consumer } from "./consumer.ts";
import {
  type ConsumerFunction,
  createConsumerFunction,
  functionTimeout,
} from "./consumerFunction.ts";
import { createQueuePair, createUndeliveredQueue, type QueueOwner } from "./queues.ts";
import { createSubscription } from "./subscription.ts";

const defaultBatchSize = 10;

/**
 * Topic to queue to function. The queue buffers: the function may fail, be slow or be away, and nothing
 * is lost for it, nor held up for another consumer. Without a handler the queue waits to be polled.
 */
export class QueueConsumer extends pulumi.ComponentResource implements Consumer {
  readonly queue: aws.sqs.Queue;
  readonly deadLetterQueue: aws.sqs.Queue;
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  readonly subscription: aws.sns.TopicSubscription;
  readonly function: aws.lambda.Function | undefined;
  readonly mapping: aws.lambda.EventSourceMapping | undefined;

  constructor(
    context: TopicContext,
    spec: QueueConsumerSpec,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("fanout:index:QueueConsumer", consumerName(context.name, spec.name), {}, opts);
    const fifo = spec.fifo ?? context.fifo !== undefined;
    const owner = { context, consumer: spec.name, fifo, region: spec.region, parent: this };

    const { queue, deadLetterQueue } = createQueues(owner, spec);
    this.queue = queue;
    this.deadLetterQueue = deadLetterQueue;
    this.undeliveredQueue = spec.subscriptionDeadLetter ? createUndeliveredQueue(owner) : undefined;
    this.subscription = createQueueSubscription(this, context, spec);
    const worker = createWorker(this, owner, spec.handler);
    this.function = worker?.function;
    this.mapping = worker && createMapping(this, owner, spec, worker);
    this.registerOutputs({ queueUrl: queue.url, deadLetterQueueUrl: deadLetterQueue.url });
  }
}

function createQueues(owner: QueueOwner, spec: QueueConsumerSpec) {
  return createQueuePair(owner, {
    maxReceiveCount: spec.maxReceiveCount,
    deadLetterRetentionSeconds: spec.deadLetter?.retentionSeconds,
    queue: {
      visibilityTimeoutSeconds: spec.visibilityTimeoutSeconds ?? defaultVisibilityTimeout(spec),
      delaySeconds: spec.delaySeconds,
      messageRetentionSeconds: spec.retentionSeconds,
    },
  });
}

/**
 * Six times the function's timeout, and the window: Lambda's poller needs the room to try a throttled
 * invocation again before the messages come back.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function defaultVisibilityTimeout(spec: QueueConsumerSpec): pulumi.Input<number> | undefined {
  if (spec.handler === undefined) return undefined;
  return pulumi
    .all([functionTimeout(spec.handler), spec.batchWindowSeconds])
    .apply(([timeout, window]) => 6 * timeout + (window ?? 0));
}

function createQueueSubscription(
  consumer: QueueConsumer,
  context: TopicContext,
  spec: QueueConsumerSpec,
): aws.sns.TopicSubscription {
  const target = {
    protocol: "sqs",
    endpoint: consumer.queue.arn,
    undeliveredQueue: consumer.undeliveredQueue,
    settings: { rawMessageDelivery: spec.rawDelivery ?? true },
  } as const;
  return createSubscription(context, spec, target, { parent: consumer });
}

function createWorker(
  consumer: QueueConsumer,
  owner: QueueOwner,
  handler: HandlerSpec | undefined,
): ConsumerFunction | undefined {
  if (handler === undefined) return undefined;
  const needs = consumer.queue.arn.apply(consumeQueue);
  return createConsumerFunction(owner.context, owner.consumer, handler, needs, {
    region: owner.region,
    parent: consumer,
  });
}

/** Waits for the role's policy: AWS tries the role's rights on the queue when the mapping is made. */
function createMapping(
  consumer: QueueConsumer,
  { context, consumer: name, fifo, region }: QueueOwner,
  spec: QueueConsumerSpec,
  worker: ConsumerFunction,
): aws.lambda.EventSourceMapping {
  const args: aws.lambda.EventSourceMappingArgs = {
    eventSourceArn: consumer.queue.arn,
    functionName: worker.function.arn,
    batchSize: spec.batchSize ?? defaultBatchSize,
    // A FIFO queue takes no window, not even one of 0 seconds.
    maximumBatchingWindowInSeconds: fifo ? undefined : spec.batchWindowSeconds,
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig:
      spec.maxConcurrency === undefined ? undefined : { maximumConcurrency: spec.maxConcurrency },
    provisionedPollerConfig: spec.provisionedPollers && {
      minimumPollers: spec.provisionedPollers.minimum,
      maximumPollers: spec.provisionedPollers.maximum,
    },
    region,
    tags: context.tags,
  };
  return new aws.lambda.EventSourceMapping(
    consumerName(context.name, name),
    context.transform.mapping?.(args, name) ?? args,
    { parent: consumer, dependsOn: [worker.rolePolicy] },
  );
}
