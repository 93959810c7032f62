import type { Cloud } from "../../cloud.ts";
import { attributes } from "../../provider/attributes.ts";
import { oneOf, range } from "../../provider/declaration/checks.ts";
import {
  flag,
  json,
  listed,
  number,
  region,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import type { PropertyMap } from "../../provider/propertyValue.ts";
import type { SubscriptionAttributes } from "./subscription.ts";
import type { TopicAttributes } from "./topic.ts";

const logged = "deliveries are logged on AWS only; here the trace has all of them";
const feedbackRole = listed(text(), logged);
const sampleRate = listed(number({ check: range(0, 100) }), logged);

const deliveryLogging = {
  applicationFailureFeedbackRoleArn: feedbackRole,
  applicationSuccessFeedbackRoleArn: feedbackRole,
  applicationSuccessFeedbackSampleRate: sampleRate,
  firehoseFailureFeedbackRoleArn: feedbackRole,
  firehoseSuccessFeedbackRoleArn: feedbackRole,
  firehoseSuccessFeedbackSampleRate: sampleRate,
  httpFailureFeedbackRoleArn: feedbackRole,
  httpSuccessFeedbackRoleArn: feedbackRole,
  httpSuccessFeedbackSampleRate: sampleRate,
  lambdaFailureFeedbackRoleArn: feedbackRole,
  lambdaSuccessFeedbackRoleArn: feedbackRole,
  lambdaSuccessFeedbackSampleRate: sampleRate,
  sqsFailureFeedbackRoleArn: feedbackRole,
  sqsSuccessFeedbackRoleArn: feedbackRole,
  sqsSuccessFeedbackSampleRate: sampleRate,
};

const topicInputs = {
  archivePolicy: listed(json(), "messages are kept for replay on AWS only"),
  contentBasedDeduplication: flag({ default: false }),
  deliveryPolicy: json(),
  displayName: text(),
  fifoThroughputScope: text({ computed: true, check: oneOf("Topic", "MessageGroup") }),
  fifoTopic: flag({ default: false, replaces: true }),
  kmsMasterKeyId: text(),
  name: text({ replaces: true, conflicts: ["namePrefix"] }),
  namePrefix: text({ replaces: true }),
  policy: json({ computed: true }),
  region,
  signatureVersion: number({ computed: true, check: range(1, 2) }),
  tags,
  tracingConfig: listed(
    text({ computed: true, check: oneOf("Active", "PassThrough") }),
    "X-Ray traces messages on AWS only",
  ),
  ...deliveryLogging,
};

const topic = resourceType({
  type: "aws:sns/topic:Topic",
  inputs: topicInputs,
  name: {
    input: "name",
    maximum: 256,
    prefixInput: "namePrefix",
    suffix: ({ fifoTopic }) => (fifoTopic === true ? ".fifo" : ""),
  },
  computed: ["arn", "beginningArchiveTime", "owner"],
  create: (cloud, { name = "", ...inputs }) =>
    cloud.topics.define(name, topicAttributes(inputs), inputs.tags ?? {}).arn,
  update: (cloud, arn, inputs, { before }) => {
    const now = cloud.topics.get(arn).tags;
    cloud.topics.setAttributes(arn, changed(topicAttributes(before), topicAttributes(inputs)));
    cloud.topics.untag(arn, Object.keys(now));
    cloud.topics.tag(arn, inputs.tags ?? {});
  },
  delete: (cloud, arn) => cloud.topics.delete(arn),
  read: (cloud, arn) => (cloud.topics.find(arn) ? describeTopic(cloud, arn) : undefined),
});

const topicPolicy = resourceType({
  type: "aws:sns/topicPolicy:TopicPolicy",
  inputs: { arn: text(requiredReplaces), policy: json(required), region },
  computed: ["owner"],
  create: (cloud, { arn, policy }) => {
    cloud.topics.setAttributes(arn, { Policy: policy });
    return arn;
  },
  update: (cloud, arn, { policy }) => cloud.topics.setAttributes(arn, { Policy: policy }),
  delete: (cloud, arn) => {
    if (cloud.topics.find(arn)) cloud.topics.setAttributes(arn, { Policy: "" });
  },
  read: (cloud, arn) => {
    const policy = cloud.topics.find(arn)?.attributes.Policy;
    return policy === undefined ? undefined : { arn, policy, owner: ownerOf(arn) };
  },
});

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
  region,
  subscriptionRoleArn: text(),
  topic: text(requiredReplaces),
};

const topicSubscription = resourceType({
  type: "aws:sns/topicSubscription:TopicSubscription",
  inputs: subscriptionInputs,
  computed: ["arn", "confirmationWasAuthenticated", "ownerId", "pendingConfirmation"],
  create: (cloud, inputs) => {
    const { topic: topicArn, protocol, endpoint } = inputs;
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

export const sns: readonly ResourceType[] = [topic, topicPolicy, topicSubscription];

function topicAttributes(
  inputs: Omit<Values<typeof topicInputs>, "name" | "tags">,
): TopicAttributes {
  const { fifoTopic } = inputs;
  return attributes({
    DeliveryPolicy: inputs.deliveryPolicy,
    DisplayName: inputs.displayName,
    FifoTopic: fifoTopic || undefined,
    ContentBasedDeduplication: fifoTopic ? inputs.contentBasedDeduplication : undefined,
    FifoThroughputScope: inputs.fifoThroughputScope,
    KmsMasterKeyId: inputs.kmsMasterKeyId,
    Policy: inputs.policy,
    SignatureVersion: inputs.signatureVersion,
  });
}

function subscriptionAttributes(
  inputs: Omit<Values<typeof subscriptionInputs>, "topic">,
): SubscriptionAttributes {
  return attributes({
    RawMessageDelivery: inputs.rawMessageDelivery || undefined,
    FilterPolicyScope: inputs.filterPolicyScope,
    FilterPolicy: inputs.filterPolicy,
    RedrivePolicy: inputs.redrivePolicy,
    DeliveryPolicy: inputs.deliveryPolicy,
    SubscriptionRoleArn: inputs.subscriptionRoleArn,
  });
}

/** What an attribute is set to so that it is as if it had never been set. @default the empty text */
const unset: Readonly<Record<string, string>> = {
  FifoThroughputScope: "Topic",
  FilterPolicyScope: "MessageAttributes",
  RawMessageDelivery: "false",
  SignatureVersion: "1",
};

function changed(before: TopicAttributes, after: TopicAttributes): TopicAttributes {
  const gone = Object.keys(before).filter((name) => after[name] === undefined);
  return {
    ...Object.fromEntries(gone.map((name) => [name, unset[name] ?? ""])),
    ...Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value)),
  };
}

function describeTopic({ topics }: Cloud, arn: string): PropertyMap {
  const { name, fifo, tags, attributes: set } = topics.get(arn);
  const { FifoThroughputScope: scope, SignatureVersion: version } = set;
  return {
    arn,
    name,
    tags,
    owner: ownerOf(arn),
    fifoTopic: fifo,
    contentBasedDeduplication: set.ContentBasedDeduplication === "true",
    displayName: set.DisplayName ?? "",
    kmsMasterKeyId: set.KmsMasterKeyId ?? "",
    policy: topics.policy(arn) ?? "",
    ...(scope !== undefined && { fifoThroughputScope: scope }),
    ...(version !== undefined && { signatureVersion: Number(version) }),
    ...(set.DeliveryPolicy !== undefined && { deliveryPolicy: set.DeliveryPolicy }),
  };
}

function findSubscription({ topics }: Cloud, arn: string) {
  const topicArn = arn.slice(0, arn.lastIndexOf(":"));
  if (topics.find(topicArn) === undefined) return undefined;
  return topics.subscriptions(topicArn).find((each) => each.arn === arn);
}

function describeSubscription(cloud: Cloud, arn: string): PropertyMap {
  const { topicArn, protocol, endpoint, status, attributes: set } = cloud.topics.subscription(arn);
  const { FilterPolicy, FilterPolicyScope, RedrivePolicy, DeliveryPolicy } = set;
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
    ...(set.SubscriptionRoleArn !== undefined && { subscriptionRoleArn: set.SubscriptionRoleArn }),
  };
}

function ownerOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
