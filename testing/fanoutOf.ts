import type { Consumer, FanoutTopic } from "../components/index.ts";
import { known } from "./known.ts";

/** A fan-out as plain data, with the values that AWS would have. Absent fields are left out. */
export type Fanout = {
  readonly topicName: string;
  readonly topicArn: string;
  readonly fifo: boolean;
  /** By consumer's name. */
  readonly consumers: Readonly<Record<string, FanoutConsumer>>;
};

export type FanoutConsumer = {
  readonly protocol: string;
  readonly endpoint: string;
  /** The message as it was published, instead of SNS's JSON envelope. */
  readonly rawDelivery: boolean;
  readonly filter?: unknown;
  readonly filterScope?: string;
  readonly queue?: FanoutQueue;
  readonly deadLetterQueue?: FanoutQueue;
  /** Messages that SNS could not deliver. */
  readonly undeliveredQueue?: FanoutQueue;
  /** Events on which a directly invoked function failed. */
  readonly failureQueue?: FanoutQueue;
  readonly function?: FanoutFunction;
  readonly batch?: {
    readonly size: number;
    readonly windowSeconds: number;
    readonly maxConcurrency?: number;
  };
};

/** SQS's defaults stand for settings that the program leaves out. */
export type FanoutQueue = {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly delaySeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** Receives before a message moves to the dead-letter queue. */
  readonly maxReceiveCount?: number;
};

export type FanoutFunction = {
  readonly name: string;
  readonly arn: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
};

/**
 * Describes a topic and its consumers, once all of their Outputs are known. For unit tests under
 * `fanoutMocks()`.
 *
 * @throws what an Output failed with
 *
 * @example
 * const { consumers } = await fanoutOf(orders);
 * assert.equal(consumers.billing?.queue?.maxReceiveCount, 5);
 */
export async function fanoutOf(topic: FanoutTopic): Promise<Fanout> {
  const entries = Object.entries(topic.consumers).map(
    async ([name, consumer]) => [name, await consumerOf(consumer)] as const,
  );
  return {
    topicName: await known(topic.topic.name),
    topicArn: await known(topic.topicArn),
    fifo: (await known(topic.topic.fifoTopic)) ?? false,
    consumers: Object.fromEntries(await Promise.all(entries)),
  };
}

async function consumerOf(consumer: Consumer): Promise<FanoutConsumer> {
  const { subscription, queue, deadLetterQueue, undeliveredQueue, failureQueue } = consumer;
  const { filterPolicy, filterPolicyScope, ...subscribed } = await known({
    protocol: subscription.protocol,
    endpoint: subscription.endpoint,
    rawDelivery: subscription.rawMessageDelivery,
    filterPolicy: subscription.filterPolicy,
    filterPolicyScope: subscription.filterPolicyScope,
  });
  return {
    ...subscribed,
    rawDelivery: subscribed.rawDelivery ?? false,
    ...(filterPolicy && { filter: JSON.parse(filterPolicy), filterScope: filterPolicyScope }),
    ...(queue && { queue: await queueOf(queue) }),
    ...(deadLetterQueue && { deadLetterQueue: await queueOf(deadLetterQueue) }),
    ...(undeliveredQueue && { undeliveredQueue: await queueOf(undeliveredQueue) }),
    ...(failureQueue && { failureQueue: await queueOf(failureQueue) }),
    ...(consumer.function && { function: await functionOf(consumer.function) }),
    ...(consumer.mapping && { batch: await batchOf(consumer.mapping) }),
  };
}

async function queueOf(queue: NonNullable<Consumer["queue"]>): Promise<FanoutQueue> {
  const { name, arn, redrivePolicy, ...settings } = await known({
    name: queue.name,
    arn: queue.arn,
    fifo: queue.fifoQueue,
    delay: queue.delaySeconds,
    visibility: queue.visibilityTimeoutSeconds,
    retention: queue.messageRetentionSeconds,
    redrivePolicy: queue.redrivePolicy,
  });
  return {
    ...{ name, arn },
    fifo: settings.fifo ?? false,
    delaySeconds: settings.delay ?? 0,
    visibilityTimeoutSeconds: settings.visibility ?? 30,
    retentionSeconds: settings.retention ?? 345_600,
    ...(redrivePolicy && { maxReceiveCount: JSON.parse(redrivePolicy).maxReceiveCount }),
  };
}

async function functionOf(worker: NonNullable<Consumer["function"]>): Promise<FanoutFunction> {
  const { environment, ...settings } = await known({
    name: worker.name,
    arn: worker.arn,
    memoryMb: worker.memorySize,
    timeoutSeconds: worker.timeout,
    environment: worker.environment,
  });
  return {
    ...settings,
    memoryMb: settings.memoryMb ?? 128,
    timeoutSeconds: settings.timeoutSeconds ?? 3,
    environment: environment?.variables ?? {},
  };
}

async function batchOf(
  mapping: NonNullable<Consumer["mapping"]>,
): Promise<NonNullable<FanoutConsumer["batch"]>> {
  const { size, window, scaling } = await known({
    size: mapping.batchSize,
    window: mapping.maximumBatchingWindowInSeconds,
    scaling: mapping.scalingConfig,
  });
  const maxConcurrency = scaling?.maximumConcurrency;
  return {
    size: size ?? 10,
    windowSeconds: window ?? 0,
    ...(maxConcurrency !== undefined && { maxConcurrency }),
  };
}
