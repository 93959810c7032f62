import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { escapeValues } from "../../aws/filterPolicy/escapeValues.ts";
import { undeliverable } from "../../aws/snsRegions.ts";
import { childName, type NamedChild } from "../childNames.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import { regionOfArn } from "../topic/topicReference.ts";
import type { ConsumerBase } from "./consumerBase.ts";
import { consumerName } from "./names.ts";

/** The endpoint of a subscription. */
export type SubscriptionTarget = {
  readonly protocol: pulumi.Input<
    "sqs" | "lambda" | "email" | "email-json" | "sms" | "http" | "https" | "firehose"
  >;
  readonly endpoint: pulumi.Input<string>;
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  /** Attributes that only this protocol has. */
  readonly settings?: Pick<
    aws.sns.TopicSubscriptionArgs,
    "rawMessageDelivery" | "deliveryPolicy" | "subscriptionRoleArn" | "endpointAutoConfirms"
  >;
  /** Whether the consumer has a provider of its own, whose region may not be the topic's. @default false */
  readonly hasOwnProvider?: boolean;
  /** Whether the endpoint is known to be in the topic's region, where SNS always delivers. @default false */
  readonly inTopicRegion?: boolean;
};

/** Subscribes an endpoint to the topic, after `dependsOn` and the policies of the topic and its key. */
export function createSubscription(
  context: TopicContext,
  spec: ConsumerBase,
  target: SubscriptionTarget,
  parent: pulumi.Resource,
  dependsOn: readonly pulumi.Resource[] = [],
): aws.sns.TopicSubscription {
  const { topic } = context;
  const args: aws.sns.TopicSubscriptionArgs = {
    topic: topic.arn,
    protocol: target.protocol,
    endpoint: target.inTopicRegion ? target.endpoint : reachable(context, spec, target),
    ...target.settings,
    ...filterArgs(spec),
    // SNS rejects a maxReceiveCount, which the redrive policy of a queue has.
    redrivePolicy: target.undeliveredQueue?.arn.apply((arn) =>
      JSON.stringify({ deadLetterTargetArn: arn }),
    ),
    // A subscription has to be created in the topic's region.
    region: target.hasOwnProvider ? regionOfArn(topic.arn) : context.place?.region,
  };
  const { name, aliases } = subscriptionName(context, spec, target);
  return new aws.sns.TopicSubscription(
    name,
    context.transform.subscription?.(args, spec.name) ?? args,
    { parent, dependsOn: [...dependsOn, ...context.policies], aliases },
  );
}

/**
 * The name of a subscription in Pulumi. That of an endpoint outside the stack is named after it, so that it
 * stays when its consumer is renamed: SNS has one subscription for a topic and an endpoint, and would return
 * the former one, which Pulumi then deletes. Other endpoints are new after a rename.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
function subscriptionName(
  { name: topic }: TopicContext,
  { name: consumer }: ConsumerBase,
  { endpoint }: SubscriptionTarget,
): NamedChild {
  const name = consumerName(topic, consumer);
  if (typeof endpoint !== "string") return { name, aliases: [] };
  const digest = createHash("sha256").update(endpoint).digest("hex").slice(0, 7);
  return { name: childName(topic, `endpoint-${digest}`), aliases: [{ name }] };
}

/**
 * The endpoint, checked when its ARN is known: SNS does not deliver to other partitions.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html
 */
function reachable(
  { name, topic }: TopicContext,
  spec: ConsumerBase,
  { protocol, endpoint }: SubscriptionTarget,
): pulumi.Output<string> {
  return pulumi.all([topic.arn, protocol, endpoint]).apply(([topicArn, by, address]) => {
    if (by !== "sqs" && by !== "lambda") return address;
    const reason = undeliverable(arnParts(topicArn).region, arnParts(address).region);
    if (reason === undefined) return address;
    throw new pulumi.RunError(`FanoutTopic "${name}": consumer "${spec.name}": ${reason}`);
  });
}

function filterArgs({ filter, filterScope = "MessageAttributes" }: ConsumerBase) {
  if (filter === undefined) return {};
  return {
    filterPolicy: JSON.stringify(filterScope === "MessageBody" ? filter : escapeValues(filter)),
    filterPolicyScope: filterScope,
  };
}
