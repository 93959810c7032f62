import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mappingLimits } from "../../aws/limits.ts";
import { consuming } from "../topic/grants.ts";
import { type StatementToAdd, statementsFor } from "../topic/statementsToAdd.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import { consumersPlace, regionOfArn } from "../topic/topicReference.ts";
import type { Consumer, ConsumerBase } from "./consumerBase.ts";
import {
  type ConsumerFunction,
  createConsumerFunction,
  type HandlerSpec,
  type ResolvedHandler,
  resolveHandler,
} from "./consumerFunction.ts";
import { defaultFifoBatchSize, maxReceiveCountVariable } from "./maxReceiveCount.ts";
import { consumerName, isFifoQueue, namedConsumer } from "./names.ts";
import { createQueuePair, createUndeliveredQueue, type QueueOwner, topicSends } from "./queues.ts";
import {
  type QueueRetries,
  type RetriedQueue,
  retryEnvironment,
  retryStatements,
} from "./retries.ts";
import { createSubscription } from "./subscription.ts";
import { visibilityTimeout } from "./visibilityTimeout.ts";

/** A consumer with a queue, a dead-letter queue and, with a handler, a function. */
export interface QueueConsumerSpec extends ConsumerBase {
  kind?: "queue";
  /** What processes the messages. @default none: other applications poll the queue */
  handler?: HandlerSpec;
  /** Subscribes an existing queue, which is not modified: its policy needs the statements in `statementsToAdd`. @default a new queue */
  existingQueueArn?: pulumi.Input<string>;
  /** The account of the queue and the function, 12 digits; requires a `provider` for it. @default the topic's account */
  account?: string;
  /** The region of the queue and the function. @default the existing queue's, or the topic's region */
  region?: pulumi.Input<string>;
  /** Creates all resources of the consumer, including the subscription: only a queue's owner can subscribe it without confirmation. @default the topic's provider */
  provider?: aws.Provider;
  /** Whether the queue is FIFO, which requires a FIFO topic. A standard queue on a FIFO topic loses order and deduplication. @default as the topic */
  fifo?: boolean;
  /** Delivers the message as it was published, with SQS attributes, instead of SNS's JSON envelope. SNS drops a raw message with more than 10 attributes. @default true */
  rawDelivery?: pulumi.Input<boolean>;
  /** Delay before a new message becomes visible: 0 to 900 seconds. @default 0 */
  delaySeconds?: pulumi.Input<number>;
  /** How long a received message stays invisible: 0 to 43,200 seconds. @default 6 x the function's timeout + the batch window; 30 without a handler */
  visibilityTimeoutSeconds?: pulumi.Input<number>;
  /** How long a message is kept: 60 to 1,209,600 seconds. @default 345,600 (4 days) */
  retentionSeconds?: pulumi.Input<number>;
  /** Receives before a message moves to the dead-letter queue: 1 to 1,000. Below 5, throttled invocations can move valid messages there. @default 5 */
  maxReceiveCount?: pulumi.Input<number>;
  /** When failed messages are received again; requires a handler of the component. @default after the visibility timeout */
  retries?: QueueRetries;
  /**
   * Messages in one invocation: 1 to 10 (FIFO), 1 to 10,000 (standard; above 10 requires a window). In a larger
   * batch of a FIFO queue, the messages behind a failed one use up their receives with it.
   * @default 10; 1 on a FIFO queue
   */
  batchSize?: pulumi.Input<number>;
  /** How long to wait for a full batch: 0 to 300 seconds; not on a FIFO queue. @default 0 */
  batchWindowSeconds?: pulumi.Input<number>;
  /** Concurrent invocations for this queue: 2 to 1,000. @default up to 1,250 */
  maxConcurrency?: pulumi.Input<number>;
  /** Provisioned event pollers: minimum 2 to 200, maximum 2 to 10,000. Not with maxConcurrency. @default none: scales on demand */
  provisionedPollers?: { minimum: pulumi.Input<number>; maximum: pulumi.Input<number> };
  /** The dead-letter queue's retention: 60 to 1,209,600 seconds. @default 1,209,600 (14 days) */
  deadLetter?: { retentionSeconds?: pulumi.Input<number> };
  /**
   * Monitors a fair queue: the topic's alarms and dashboard also show the quiet groups. SQS shares a standard queue
   * fairly wherever publishers set a MessageGroupId, such as the tenant; there is nothing to switch on.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html @default false
   */
  fairness?: boolean;
  /** Also keeps messages that SNS cannot deliver to the queue, in the subscription's dead-letter queue. @default false */
  subscriptionDeadLetter?: boolean;
}

/**
 * Topic to queue to function. The queue holds the messages while the function fails, is slow or is not
 * deployed, without effect on other consumers.
 */
export class QueueConsumer extends pulumi.ComponentResource implements Consumer {
  readonly region: pulumi.Input<string> | undefined;
  readonly fairness: boolean;
  /** ARN of the new or existing queue. */
  readonly queueArn: pulumi.Output<string>;
  /** Undefined for an existing queue. */
  readonly queue: aws.sqs.Queue | undefined;
  /** Undefined for an existing queue. */
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
    const { name, aliases } = namedConsumer(context.name, spec.name);
    super("fanout:index:QueueConsumer", name, {}, { ...opts, aliases });
    const owner: QueueOwner = {
      context,
      consumer: spec.name,
      fifo: isFifoQueue(spec, context.fifo !== undefined),
      ...placeOf(context, spec, this),
      parent: this,
    };
    this.region = owner.region;
    this.fairness = spec.fairness ?? false;
    const handler =
      spec.handler === undefined ? undefined : resolveHandler(name, spec.handler, this);
    const visibility = visibilityTimeout(spec, handler);
    const queues =
      spec.existingQueueArn === undefined ? createQueues(owner, spec, visibility) : undefined;
    this.queue = queues?.queue;
    this.deadLetterQueue = queues?.deadLetterQueue;
    this.queueArn = queues?.queue.arn ?? pulumi.output(spec.existingQueueArn ?? "");
    this.undeliveredQueue = spec.subscriptionDeadLetter ? createUndeliveredQueue(owner) : undefined;
    this.subscription = createQueueSubscription(this, context, spec);
    const retried = queues && { ...queues, visibilityTimeoutSeconds: visibility ?? 0 };
    const worker = handler && createWorker(this, owner, spec, handler, retried);
    this.function = worker?.function;
    this.mapping = worker && createMapping(owner, spec, this.queueArn, worker);
    this.statementsToAdd = queues ? undefined : statementsForQueue(owner, this.queueArn);
    this.registerOutputs({ queueArn: this.queueArn });
  }
}

/** The region and account: of an existing queue its own; those of the consumer's provider may not be the topic's. */
function placeOf(
  { topic, place }: TopicContext,
  { region, account, provider, existingQueueArn }: QueueConsumerSpec,
  parent: pulumi.Resource,
): Pick<QueueOwner, "region" | "account"> {
  if (existingQueueArn !== undefined) {
    return { region: region ?? regionOfArn(existingQueueArn), account };
  }
  const own = place && provider ? consumersPlace(topic.arn, { parent }) : place;
  return {
    region: region ?? own?.region ?? (provider && regionOfArn(topic.arn)),
    account: account ?? own?.account,
  };
}

function createQueues(
  owner: QueueOwner,
  spec: QueueConsumerSpec,
  visibilityTimeoutSeconds: pulumi.Input<number> | undefined,
) {
  return createQueuePair(owner, {
    maxReceiveCount: spec.maxReceiveCount,
    deadLetterRetentionSeconds: spec.deadLetter?.retentionSeconds,
    queue: {
      visibilityTimeoutSeconds,
      delaySeconds: spec.delaySeconds,
      messageRetentionSeconds: spec.retentionSeconds,
    },
  });
}

function createQueueSubscription(
  consumer: QueueConsumer,
  context: TopicContext,
  spec: QueueConsumerSpec,
): aws.sns.TopicSubscription {
  const target = {
    protocol: "sqs",
    endpoint: spec.existingQueueArn ?? consumer.queueArn,
    undeliveredQueue: consumer.undeliveredQueue,
    settings: { rawMessageDelivery: spec.rawDelivery ?? true },
    hasOwnProvider: spec.provider !== undefined,
    inTopicRegion: staysInTopicRegion(spec),
  } as const;
  return createSubscription(context, spec, target, consumer);
}

/** True for a new queue, unless the spec may place it in another region. */
function staysInTopicRegion({ existingQueueArn, region, provider }: QueueConsumerSpec): boolean {
  return [existingQueueArn, region, provider].every((each) => each === undefined);
}

function createWorker(
  consumer: QueueConsumer,
  { context, region, fifo }: QueueOwner,
  spec: QueueConsumerSpec,
  handler: ResolvedHandler,
  retried: RetriedQueue | undefined,
): ConsumerFunction {
  const { name, retries = {} } = spec;
  const consumes = consuming(consumer.queueArn, context.key);
  return createConsumerFunction(
    context,
    name,
    handler,
    retried ? [...consumes, ...retryStatements(retries, retried, context.key)] : consumes,
    {
      region,
      environment: retried
        ? { ...maxReceiveCountVariable(spec, fifo), ...retryEnvironment(retries, retried) }
        : {},
      parent: consumer,
    },
  );
}

/**
 * Creates the event source mapping from a queue to its function. It depends on the role's policy, because
 * AWS validates the role's permissions when the mapping is created.
 */
function createMapping(
  { context, consumer, fifo, region, parent }: QueueOwner,
  spec: QueueConsumerSpec,
  queueArn: pulumi.Output<string>,
  worker: ConsumerFunction,
): aws.lambda.EventSourceMapping {
  const { maxConcurrency, provisionedPollers } = spec;
  const args: aws.lambda.EventSourceMappingArgs = {
    eventSourceArn: queueArn,
    functionName: worker.invokedArn,
    batchSize: spec.batchSize ?? (fifo ? defaultFifoBatchSize : mappingLimits.batchSize.default),
    // AWS rejects a window on a FIFO queue, even of 0 seconds.
    maximumBatchingWindowInSeconds: fifo ? undefined : spec.batchWindowSeconds,
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig:
      maxConcurrency === undefined ? undefined : { maximumConcurrency: maxConcurrency },
    provisionedPollerConfig: provisionedPollers && {
      minimumPollers: provisionedPollers.minimum,
      maximumPollers: provisionedPollers.maximum,
    },
    region,
    tags: context.tags,
  };
  return new aws.lambda.EventSourceMapping(
    consumerName(context.name, consumer),
    context.transform.mapping?.(args, consumer) ?? args,
    { parent, dependsOn: [worker.rolePolicy] },
  );
}

/** The statement that the policy of an existing queue needs. */
function statementsForQueue(
  { context }: QueueOwner,
  queueArn: pulumi.Output<string>,
): pulumi.Output<StatementToAdd[]> {
  const statements = pulumi
    .all([queueArn, context.topic.arn])
    .apply(([queue, topic]) => [topicSends(queue, topic)]);
  return statementsFor(queueArn, statements);
}
