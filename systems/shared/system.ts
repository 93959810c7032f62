import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Consumer, FanoutTopic, FanoutTopicArgs } from "../../components/index.ts";
import type { Scene } from "../../demo/scene.ts";
import type { SystemExamples } from "../../local/systems/examples.ts";
import type * as known from "../../local/systems/stackOutputs.ts";
import type { Settings } from "../../settings.ts";

/** A system that a stack can deploy, with examples to try it and scenes that show it. */
export type System = {
  /** Loads the code that creates the resources, and Pulumi's SDK with it. */
  readonly load: () => Promise<Deploy>;
  readonly examples?: SystemExamples;
  readonly scenes?: readonly Scene[];
};

/** Creates the resources. */
export type Deploy = (settings: SystemSettings) => SystemOutputs;

/** The stack's settings, and the arguments for every topic that follow from them. */
export type SystemSettings = Settings & { readonly topicArgs: TopicArgs };

export type TopicArgs = Pick<
  FanoutTopicArgs,
  "alarms" | "dashboard" | "deliveryLogging" | "tracing"
>;

/** Outputs of a consumer as the program exports them. */
export type ConsumerOutputs = AsOutputs<known.ConsumerOutputs>;

/** Outputs of a system as the program exports them. Tables and other buckets have names of the system's own. */
export type SystemOutputs = AsOutputs<Pick<known.SystemOutputs, "topicArn" | "bucket" | "url">> & {
  readonly consumers: Readonly<Record<string, ConsumerOutputs>>;
  readonly [other: string]: unknown;
};

type AsOutputs<Known> = { readonly [Name in keyof Known]: pulumi.Output<string> };

/** The outputs of a topic and its consumers, which every system has. */
export function topicOutputs(topic: FanoutTopic): Pick<SystemOutputs, "topicArn" | "consumers"> {
  return {
    topicArn: topic.topicArn,
    consumers: Object.fromEntries(
      Object.entries(topic.consumers).map(([name, consumer]) => [name, consumerOutputs(consumer)]),
    ),
  };
}

/**
 * The queue of a consumer.
 *
 * @throws RunError when there is no such consumer, or when it has no queue
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
