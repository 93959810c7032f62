import { parseArn } from "../../../../aws/arn.ts";
import type { Cloud } from "../../../cloud.ts";
import { attributes } from "../../../provider/attributes.ts";
import { oneOf } from "../../../provider/declaration/checks.ts";
import {
  flag,
  json,
  listed,
  number,
  region,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { ProviderError } from "../../../pulumi/provider.ts";
import type { PropertyMap } from "../../../pulumi/values/propertyValue.ts";
import type { SubscriptionAttributes } from "../subscription.ts";
import { changed, ownerOf } from "./changedAttributes.ts";

const subscriptionInputs = {
  confirmationTimeoutInMinutes: listed(
    number({ default: 1 }),
    "pulumi up waits for confirmations on AWS only",
  ),
  deliveryPolicy: json(),
  endpoint: text(requiredReplaces),
  endpointAutoConfirms: listed(
    flag({ default: false }),
    "pulumi up waits for confirmations on AWS only",
  ),
  filterPolicy: json(),
  filterPolicyScope: text({ computed: true, check: oneOf("MessageAttributes", "MessageBody") }),
  protocol: text({
    ...requiredReplaces,
    check: oneOf(
      "application",
      "email",
      "email-json",
      "firehose",
      "http",
      "https",
      "lambda",
      "sms",
      "sqs",
    ),
  }),
  rawMessageDelivery: flag({ default: false }),
  redrivePolicy: json(),
  replayPolicy: json(),
  region,
  subscriptionRoleArn: text(),
  topic: text(requiredReplaces),
};

export const topicSubscription = resourceType({
  type: "aws:sns/topicSubscription:TopicSubscription",
  inputs: subscriptionInputs,
  computed: ["arn", "confirmationWasAuthenticated", "ownerId", "pendingConfirmation"],
  create: (cloud, inputs) => {
    const { topic: topicArn, protocol, endpoint } = inputs;
    rejectOtherPlaces(topicArn, protocol, endpoint);
    const given = subscriptionAttributes(inputs);
    const kept = cloud.topics
      .subscriptions(topicArn)
      .find((each) => each.protocol === protocol && each.endpoint === endpoint);
    if (kept === undefined) return cloud.topics.subscribe(topicArn, protocol, endpoint, given).arn;
    // SNS refuses other attributes for an endpoint that has subscribed; they are set on it instead.
    cloud.topics.setSubscriptionAttributes(kept.arn, changed(kept.attributes, given));
    return kept.arn;
  },
  update: (cloud, arn, inputs, { before }) =>
    cloud.topics.setSubscriptionAttributes(
      arn,
      changed(subscriptionAttributes(before), subscriptionAttributes(inputs)),
    ),
  delete: (cloud, arn) => {
    if (findSubscription(cloud, arn)) cloud.topics.unsubscribe(arn);
  },
  read: (cloud, arn) => {
    const found = findSubscription(cloud, arn);
    return found && describeSubscription(cloud, arn);
  },
});

function subscriptionAttributes(
  inputs: Omit<Values<typeof subscriptionInputs>, "topic">,
): SubscriptionAttributes {
  return attributes({
    RawMessageDelivery: inputs.rawMessageDelivery || undefined,
    FilterPolicyScope: inputs.filterPolicyScope,
    FilterPolicy: inputs.filterPolicy,
    RedrivePolicy: inputs.redrivePolicy,
    ReplayPolicy: inputs.replayPolicy,
    DeliveryPolicy: inputs.deliveryPolicy,
    SubscriptionRoleArn: inputs.subscriptionRoleArn,
  });
}

/** Deliveries to another region or account would all fail here. */
function rejectOtherPlaces(topicArn: string, protocol: string, endpoint: string): void {
  const topic = parseArn(topicArn);
  const target = ["sqs", "lambda", "firehose"].includes(protocol) ? parseArn(endpoint) : undefined;
  if (topic === undefined || target === undefined) return;
  if (target.account === topic.account && target.region === topic.region) return;
  throw new ProviderError(
    `the local cloud has one account, ${topic.account}, and one region, ${topic.region}, and the endpoint ${endpoint} is elsewhere: leave the subscription out where the program runs locally`,
  );
}

function findSubscription({ topics }: Cloud, arn: string) {
  const topicArn = arn.slice(0, arn.lastIndexOf(":"));
  if (topics.find(topicArn) === undefined) return undefined;
  return topics.subscriptions(topicArn).find((each) => each.arn === arn);
}

function describeSubscription(cloud: Cloud, arn: string): PropertyMap {
  const { topicArn, protocol, endpoint, status, attributes: set } = cloud.topics.subscription(arn);
  const { FilterPolicy, FilterPolicyScope, RedrivePolicy, DeliveryPolicy, ReplayPolicy } = set;
  return {
    arn,
    topic: topicArn,
    protocol,
    endpoint,
    rawMessageDelivery: set.RawMessageDelivery === "true",
    confirmationWasAuthenticated: status === "confirmed",
    pendingConfirmation: status === "pending",
    ownerId: ownerOf(arn),
    ...(FilterPolicy !== undefined && {
      filterPolicy: FilterPolicy,
      filterPolicyScope: FilterPolicyScope ?? "MessageAttributes",
    }),
    ...(RedrivePolicy !== undefined && { redrivePolicy: RedrivePolicy }),
    ...(DeliveryPolicy !== undefined && { deliveryPolicy: DeliveryPolicy }),
    ...(ReplayPolicy !== undefined && { replayPolicy: ReplayPolicy }),
    ...(set.SubscriptionRoleArn !== undefined && { subscriptionRoleArn: set.SubscriptionRoleArn }),
  };
}
