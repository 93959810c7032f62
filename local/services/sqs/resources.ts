import { queueLimits, type Range } from "../../../aws/limits.ts";
import { account } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { attributes, changedAttributes } from "../../provider/attributes.ts";
import { oneOf, range } from "../../provider/declaration/checks.ts";
import {
  flag,
  json,
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
import type { QueueAttributes } from "./definition/attributes.ts";
import { sourcesInOwnAccount } from "./resources/redriveSources.ts";

/** A number with a range, and the value that AWS's provider sets where the program gives none. */
function limited(limits: Range & { readonly default: number }) {
  return { default: limits.default, check: range(limits.min, limits.max) };
}

const queueInputs = {
  contentBasedDeduplication: flag({ default: false }),
  deduplicationScope: text({ computed: true, check: oneOf("messageGroup", "queue") }),
  delaySeconds: number(limited(queueLimits.delaySeconds)),
  fifoQueue: flag({ default: false, replaces: true }),
  fifoThroughputLimit: text({ computed: true, check: oneOf("perQueue", "perMessageGroupId") }),
  kmsDataKeyReusePeriodSeconds: number({ computed: true, check: range(60, 86_400) }),
  kmsMasterKeyId: text({ conflicts: ["sqsManagedSseEnabled"] }),
  // What AWS's provider sets, not what SQS does.
  maxMessageSize: number(limited({ ...queueLimits.messageBytes, default: 262_144 })),
  messageRetentionSeconds: number(limited(queueLimits.retentionSeconds)),
  name: text({ replaces: true, conflicts: ["namePrefix"] }),
  namePrefix: text({ replaces: true }),
  policy: json({ computed: true }),
  receiveWaitTimeSeconds: number(limited(queueLimits.receiveWaitSeconds)),
  redriveAllowPolicy: json({ computed: true, check: sourcesInOwnAccount }),
  redrivePolicy: json({ computed: true }),
  region,
  sqsManagedSseEnabled: flag({ computed: true }),
  tags,
  visibilityTimeoutSeconds: number(limited(queueLimits.visibilityTimeoutSeconds)),
};

const queue = resourceType({
  type: "aws:sqs/queue:Queue",
  inputs: queueInputs,
  name: {
    input: "name",
    maximum: queueLimits.nameLength,
    prefixInput: "namePrefix",
    suffix: ({ fifoQueue }) => (fifoQueue === true ? ".fifo" : ""),
  },
  computed: ["arn", "url"],
  create: (cloud, { name = "", ...inputs }) =>
    cloud.queues.define(name, queueAttributes(inputs), inputs.tags ?? {}).url,
  update: (cloud, url, inputs, { before }) => {
    const arn = queueArn(cloud, url);
    cloud.queues.setAttributes(
      arn,
      changedAttributes(queueAttributes(before), queueAttributes(inputs), unset),
    );
    cloud.queues.untag(arn, Object.keys(cloud.queues.get(arn).tags));
    cloud.queues.tag(arn, inputs.tags ?? {});
  },
  delete: (cloud, url) => {
    const arn = queueArn(cloud, url);
    if (cloud.queues.find(arn)) cloud.queues.delete(arn);
  },
  read: (cloud, url) => {
    const found = cloud.queues.find(queueArn(cloud, url));
    return found && describeQueue(cloud, found.arn);
  },
  holds: (cloud, url) => {
    const found = cloud.queues.find(queueArn(cloud, url));
    if (found === undefined) return undefined;
    const { visible, inFlight, delayed } = cloud.queues.counts(found.arn);
    const messages = visible + inFlight + delayed;
    const some = messages === 1 ? "1 message" : `${messages} messages`;
    return messages === 0 ? undefined : `queue ${found.name}, with ${some}`;
  },
});

/** A type that holds one attribute of a queue, which the queue's own inputs leave alone then. */
function queueAttribute(type: string, input: string, attribute: string): ResourceType {
  return resourceType({
    type,
    inputs: { queueUrl: text(requiredReplaces), [input]: json(required), region },
    create: (cloud, inputs) => {
      const { queueUrl } = inputs;
      set(cloud, String(queueUrl), String(inputs[input]));
      return String(queueUrl);
    },
    update: (cloud, url, inputs) => set(cloud, url, String(inputs[input])),
    delete: (cloud, url) => {
      if (cloud.queues.find(queueArn(cloud, url))) set(cloud, url, "");
    },
    read: (cloud, url) => {
      const value = cloud.queues.find(queueArn(cloud, url))?.attributes[attribute];
      return value === undefined ? undefined : { queueUrl: url, [input]: value };
    },
  });

  function set(cloud: Cloud, url: string, value: string): void {
    cloud.queues.setAttributes(queueArn(cloud, url), { [attribute]: value });
  }
}

export const sqs: readonly ResourceType[] = [
  queue,
  queueAttribute("aws:sqs/queuePolicy:QueuePolicy", "policy", "Policy"),
  queueAttribute("aws:sqs/redrivePolicy:RedrivePolicy", "redrivePolicy", "RedrivePolicy"),
  queueAttribute(
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
    "redriveAllowPolicy",
    "RedriveAllowPolicy",
  ),
];

/** The ARN of the queue at a URL, whichever host it names: the endpoint may have another port by now. */
function queueArn({ region }: Cloud, url: string): string {
  return `arn:aws:sqs:${region}:${account}:${url.slice(url.lastIndexOf("/") + 1)}`;
}

function queueAttributes(
  inputs: Omit<Values<typeof queueInputs>, "name" | "tags">,
): QueueAttributes {
  const { fifoQueue } = inputs;
  return attributes({
    FifoQueue: fifoQueue || undefined,
    ContentBasedDeduplication: fifoQueue ? inputs.contentBasedDeduplication : undefined,
    DeduplicationScope: inputs.deduplicationScope,
    FifoThroughputLimit: inputs.fifoThroughputLimit,
    DelaySeconds: inputs.delaySeconds,
    MaximumMessageSize: inputs.maxMessageSize,
    MessageRetentionPeriod: inputs.messageRetentionSeconds,
    ReceiveMessageWaitTimeSeconds: inputs.receiveWaitTimeSeconds,
    VisibilityTimeout: inputs.visibilityTimeoutSeconds,
    Policy: inputs.policy,
    RedrivePolicy: inputs.redrivePolicy,
    RedriveAllowPolicy: inputs.redriveAllowPolicy,
    SqsManagedSseEnabled: inputs.sqsManagedSseEnabled,
    KmsMasterKeyId: inputs.kmsMasterKeyId,
    KmsDataKeyReusePeriodSeconds: inputs.kmsDataKeyReusePeriodSeconds,
  });
}

/** What unsets an attribute, where that is not the empty text. */
const unset: QueueAttributes = {
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
  KmsDataKeyReusePeriodSeconds: "300",
  SqsManagedSseEnabled: "true",
};

function describeQueue({ queues }: Cloud, arn: string): PropertyMap {
  const { name, url, fifo, tags, attributes: of } = queues.get(arn);
  const given = {
    contentBasedDeduplication: of.ContentBasedDeduplication === "true",
    delaySeconds: Number(of.DelaySeconds),
    fifoQueue: fifo,
    kmsDataKeyReusePeriodSeconds: Number(of.KmsDataKeyReusePeriodSeconds ?? 300),
    maxMessageSize: Number(of.MaximumMessageSize),
    messageRetentionSeconds: Number(of.MessageRetentionPeriod),
    receiveWaitTimeSeconds: Number(of.ReceiveMessageWaitTimeSeconds),
    sqsManagedSseEnabled: of.SqsManagedSseEnabled === "true",
    visibilityTimeoutSeconds: Number(of.VisibilityTimeout),
  };
  return {
    ...given,
    name,
    arn,
    url,
    tags,
    ...texts({
      deduplicationScope: of.DeduplicationScope,
      fifoThroughputLimit: of.FifoThroughputLimit,
      kmsMasterKeyId: of.KmsMasterKeyId,
      policy: of.Policy,
      redriveAllowPolicy: of.RedriveAllowPolicy,
      redrivePolicy: of.RedrivePolicy,
    }),
  };
}

function texts(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const set = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(set);
}
