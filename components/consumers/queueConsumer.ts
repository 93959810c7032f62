import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import type { QueueConsumerSpec } from "../consumerSpec.ts";
import { consumerName } from "../names.ts";
import { consumeQueue } from "../policies/functionRolePolicy.ts";
import { decryptMessages } from "../policies/keyPolicy.ts";
import { topicSends } from "../policies/queuePolicy.ts";
import { type StatementToAdd, toAdd } from "../topic/statementsToAdd.ts";
import type { TopicContext } from "../topicContext.ts";
import type { Consumer } from "./consumer.ts";
import {
  type ConsumerFunction,
  createConsumerFunction,
  functionTimeout,
} from "./consumerFunction.ts";
import { createMapping } from "./mapping.ts";
import { isFifoQueue } from "./queueKind.ts";
import { createQueuePair, createUndeliveredQueue, type QueueOwner } from "./queues.ts";
import { createSubscription } from "./subscription.ts";

/**
 * Topic to queue to function. The queue buffers: the function may fail, be slow or be away, and nothing
 * is lost for it, nor held up for another consumer. Without a handler the queue waits to be polled.
 */
export class QueueConsumer extends pulumi.ComponentResource implements Consumer {
  /** ARN of the queue, ours or not. */
  readonly queueArn: pulumi.Output<string>;
  /** Undefined when the queue is not ours. */
  readonly queue: aws.sqs.Queue | undefined;
  /** Undefined when the queue is not ours. */
  readonly deadLetterQueue: aws.sqs.Queue | undefined;
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  readonly subscription: aws.sns.TopicSubscription;
  readonly function: aws.lambda.Function | undefined;
  readonly mapping: aws.lambda.EventSourceMapping | undefined;
  readonly statementsToAdd: pulumi.Output<StatementToAdd[]> | undefined;

  constructor(
    context: TopicContext,
    spec: QueueConsumerSpec,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("fanout:index:QueueConsumer", consumerName(context.name, spec.name), {}, opts);
    const owner: QueueOwner = {
      context,
      consumer: spec.name,
      fifo: isFifoQueue(spec, context.fifo !== undefined),
      region: regionOf(context, spec),
      account: spec.account,
      parent: this,
    };
    const queues = spec.existingQueueArn === undefined ? createQueues(owner, spec) : undefined;
    this.queue = queues?.queue;
    this.deadLetterQueue = queues?.deadLetterQueue;
    this.queueArn = queues?.queue.arn ?? pulumi.output(spec.existingQueueArn ?? "");
    this.undeliveredQueue = spec.subscriptionDeadLetter ? createUndeliveredQueue(owner) : undefined;
    this.subscription = createQueueSubscription(this, context, spec);
    const worker = createWorker(this, owner, spec);
    this.function = worker?.function;
    this.mapping = worker && createMapping(owner, spec, this.queueArn, worker);
    this.statementsToAdd = queues ? undefined : letTopicSend(owner, this.queueArn);
    this.registerOutputs({ queueArn: this.queueArn });
  }
}

/** Another provider may have another region; without one of its own, the consumer lives in the topic's. */
function regionOf(
  { topic }: TopicContext,
  { region, provider }: QueueConsumerSpec,
): pulumi.Input<string> | undefined {
  return region ?? (provider && topic.arn.apply((arn) => arnParts(arn).region));
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
  const timeout = functionTimeout(spec.handler);
  const window = spec.batchWindowSeconds ?? 0;
  if (typeof timeout === "number" && typeof window === "number") return 6 * timeout + window;
  return pulumi.all([timeout, window]).apply(([known, seconds]) => 6 * known + seconds);
}

function createQueueSubscription(
  consumer: QueueConsumer,
  context: TopicContext,
  spec: QueueConsumerSpec,
): aws.sns.TopicSubscription {
  const target = {
    protocol: "sqs",
    endpoint: consumer.queueArn,
    undeliveredQueue: consumer.undeliveredQueue,
    settings: { rawMessageDelivery: spec.rawDelivery ?? true },
    foreign: spec.provider !== undefined,
    inTopicRegion: staysInTopicRegion(context, spec),
  } as const;
  return createSubscription(context, spec, target, consumer);
}

/** True for a queue that is created here, unless the spec or a transform may place it elsewhere. */
function staysInTopicRegion(
  { transform }: TopicContext,
  { existingQueueArn, region, provider }: QueueConsumerSpec,
): boolean {
  return [existingQueueArn, region, provider, transform.queue].every((each) => each === undefined);
}

function createWorker(
  consumer: QueueConsumer,
  { context, region }: QueueOwner,
  { name, handler }: QueueConsumerSpec,
): ConsumerFunction | undefined {
  if (handler === undefined) return undefined;
  const consume = consumer.queueArn.apply(consumeQueue);
  const needs = context.key ? [consume, context.key.arn.apply(decryptMessages)] : [consume];
  return createConsumerFunction(context, name, handler, needs, { region, parent: consumer });
}

/** The policy of a queue that is not ours needs what ours would have. */
function letTopicSend(
  { context }: QueueOwner,
  queueArn: pulumi.Output<string>,
): pulumi.Output<StatementToAdd[]> {
  const statements = pulumi
    .all([queueArn, context.topic.arn])
    .apply(([queue, topic]) => [topicSends(queue, topic)]);
  return toAdd(queueArn, statements);
}
