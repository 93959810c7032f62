import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Consumer, FanoutTopic, FanoutTopicArgs } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";

/** Something that can be deployed: makes its resources and says what one needs to use them. */
export type System = (settings: SystemSettings) => SystemOutputs;

/** What a stack decides, and what follows from it for every topic: how it is watched. */
export type SystemSettings = Settings & { readonly topicArgs: TopicArgs };

export type TopicArgs = Pick<
  FanoutTopicArgs,
  "alarms" | "dashboard" | "deliveryLogging" | "tracing"
>;

export type SystemOutputs = {
  readonly topicArn: pulumi.Output<string>;
  /** The upload bucket, where the system has one. */
  readonly bucket?: pulumi.Output<string>;
  readonly consumers: Readonly<Record<string, ConsumerOutputs>>;
  /** Whatever else the system stores into: tables and buckets by a name of its own. */
  readonly [other: string]: unknown;
};

export type ConsumerOutputs = {
  readonly queueUrl?: pulumi.Output<string>;
  /** What the function failed on too often, whether from its queue or invoked directly. */
  readonly deadLetterQueueUrl?: pulumi.Output<string>;
  /** What the topic could not deliver. */
  readonly undeliveredQueueUrl?: pulumi.Output<string>;
  readonly functionName?: pulumi.Output<string>;
  readonly subscriptionArn: pulumi.Output<string>;
  /** Who has to confirm the subscription and how, where somebody has to. */
  readonly confirmation?: pulumi.Output<string>;
};

/** The outputs that every system has, from its topic. */
export function topicOutputs(topic: FanoutTopic): Pick<SystemOutputs, "topicArn" | "consumers"> {
  return {
    topicArn: topic.topicArn,
    consumers: Object.fromEntries(
      Object.entries(topic.consumers).map(([name, consumer]) => [name, consumerOutputs(consumer)]),
    ),
  };
}

/**
 * The queue of a consumer, for what a system builds on it.
 *
 * @throws RunError when there is no such consumer, or when it has no queue of ours
 */
export function queueOf(topic: FanoutTopic, consumer: string): aws.sqs.Queue {
  const queue = topic.consumers[consumer]?.queue;
  if (queue === undefined) {
    throw new pulumi.RunError(`topic "${topic.name}" has no queue for a consumer "${consumer}"`);
  }
  return queue;
}

function consumerOutputs(consumer: Consumer): ConsumerOutputs {
  const deadLetterQueue = consumer.deadLetterQueue ?? consumer.failureQueue;
  return {
    ...(consumer.queue && { queueUrl: consumer.queue.url }),
    ...(deadLetterQueue && { deadLetterQueueUrl: deadLetterQueue.url }),
    ...(consumer.undeliveredQueue && { undeliveredQueueUrl: consumer.undeliveredQueue.url }),
    ...(consumer.function && { functionName: consumer.function.name }),
    subscriptionArn: consumer.subscription.arn,
    ...(consumer.confirmation && { confirmation: consumer.confirmation }),
  };
}
