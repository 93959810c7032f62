import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ConsumerSpec } from "../consumerSpec.ts";
import { consumerName } from "../names.ts";
import type { TopicContext } from "../topicContext.ts";

/** Where a subscription leads, and what must be in place before its first message. */
export type SubscriptionTarget = {
  readonly protocol: pulumi.Input<
    "sqs" | "lambda" | "email" | "email-json" | "sms" | "http" | "https" | "firehose"
  >;
  readonly endpoint: pulumi.Input<string>;
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  /** What only this protocol has. */
  readonly settings?: Pick<
    aws.sns.TopicSubscriptionArgs,
    "rawMessageDelivery" | "deliveryPolicy" | "subscriptionRoleArn" | "endpointAutoConfirms"
  >;
};

/** The edge from a topic to a consumer. */
export function createSubscription(
  context: TopicContext,
  spec: ConsumerSpec,
  target: SubscriptionTarget,
  opts: pulumi.CustomResourceOptions,
): aws.sns.TopicSubscription {
  const args: aws.sns.TopicSubscriptionArgs = {
    topic: context.topic.arn,
    protocol: target.protocol,
    endpoint: target.endpoint,
    ...target.settings,
    ...filterArgs(spec),
    // Only this one field: SNS refuses a queue's redrive policy with its maxReceiveCount.
    redrivePolicy:
      target.undeliveredQueue &&
      pulumi.jsonStringify({ deadLetterTargetArn: target.undeliveredQueue.arn }),
  };
  return new aws.sns.TopicSubscription(
    consumerName(context.name, spec.name),
    context.transform.subscription?.(args, spec.name) ?? args,
    opts,
  );
}

function filterArgs({ filter, filterScope }: ConsumerSpec) {
  if (filter === undefined) return {};
  return {
    filterPolicy: JSON.stringify(filter),
    filterPolicyScope: filterScope ?? "MessageAttributes",
  };
}
