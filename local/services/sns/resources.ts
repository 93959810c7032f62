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
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { archiveRetention } from "./attributes/archivePolicy.ts";
import { changed, ownerOf } from "./resources/changedAttributes.ts";
import { topicSubscription } from "./resources/topicSubscription.ts";
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
  archivePolicy: json(),
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
  reject: (inputs, before) =>
    archives(before?.archivePolicy) && inputs.archivePolicy === undefined
      ? {
          property: "archivePolicy",
          reason:
            "SNS rejects an update that removes an archive policy: first set it to {} (FanoutTopic: fifo: { archiveDays: 0 }), which deletes the archive, and remove it in a later update",
        }
      : undefined,
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

export const sns: readonly ResourceType[] = [topic, topicPolicy, topicSubscription];

/** Whether an archive policy keeps messages. */
function archives(policy: string | undefined): boolean {
  return (
    policy !== undefined &&
    archiveRetention({ attributes: { ArchivePolicy: policy } }) !== undefined
  );
}

function topicAttributes(
  inputs: Omit<Values<typeof topicInputs>, "name" | "tags">,
): TopicAttributes {
  const { fifoTopic } = inputs;
  return attributes({
    ArchivePolicy: inputs.archivePolicy,
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
    ...(set.ArchivePolicy !== undefined && {
      archivePolicy: set.ArchivePolicy,
      beginningArchiveTime: topics.attributes(arn).BeginningArchiveTime ?? "",
    }),
    ...(scope !== undefined && { fifoThroughputScope: scope }),
    ...(version !== undefined && { signatureVersion: Number(version) }),
    ...(set.DeliveryPolicy !== undefined && { deliveryPolicy: set.DeliveryPolicy }),
  };
}
