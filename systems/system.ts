import type * as pulumi from "@pulumi/pulumi";
import type { Consumer, FanoutTopic } from "../components/index.ts";
import type { Settings } from "../settings.ts";

/** Something that can be deployed: makes its resources and says what one needs to use them. */
export type System = (settings: Settings) => SystemOutputs;

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
  readonly deadLetterQueueUrl?: pulumi.Output<string>;
  readonly functionName?: pulumi.Output<string>;
  readonly subscriptionArn: pulumi.Output<string>;
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

function consumerOutputs(consumer: Consumer): ConsumerOutputs {
  return {
    ...(consumer.queue && { queueUrl: consumer.queue.url }),
    ...(consumer.deadLetterQueue && { deadLetterQueueUrl: consumer.deadLetterQueue.url }),
    ...(consumer.function && { functionName: consumer.function.name }),
    subscriptionArn: consumer.subscription.arn,
  };
}
