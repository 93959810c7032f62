import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CrossAccountConsumer, isCrossAccount } from "../consumers/consumer.ts";
import { futureQueueArn, isFifoQueue, type QueueNaming } from "../consumers/names.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { policyText } from "../policyDocument.ts";
import type { TopicRule } from "../sources/eventRules.ts";
import { createKeyPolicy, keyStatements, type TopicKey } from "./encryption.ts";
import { type Publishers, publishersOf } from "./publishers.ts";
import { type StatementToAdd, statementsFor } from "./statementsToAdd.ts";
import {
  accountSubscribes,
  type KnownSubscriber,
  type Subscriber,
  topicPolicy,
  topicStatements,
} from "./topicPolicy.ts";
import type { Place } from "./topicReference.ts";

/** Who may use the topic and its key: policies of new ones, statements to add to those of existing ones. */
export type Access = {
  /** Undefined for an existing topic. */
  readonly topicPolicy: aws.sns.TopicPolicy | undefined;
  /** Policies that have to exist before the first delivery. */
  readonly policies: readonly pulumi.Resource[];
  readonly statementsToAdd: pulumi.Output<StatementToAdd[]>;
};

type AccessOwner = {
  /** Of the consumers of an existing topic. */
  readonly place: Place | undefined;
  /** Rules of EventBridge that publish. */
  readonly rules: readonly TopicRule[];
  readonly parent: pulumi.Resource;
};

export function createAccess(
  args: FanoutTopicArgs,
  naming: QueueNaming,
  encryption: TopicKey | undefined,
  { place, parent, rules }: AccessOwner,
): Access {
  const { name, topic } = naming;
  const crossAccount = args.consumers.filter(isCrossAccount);
  const accounts = crossAccount.map((spec) => spec.account);
  const publishers = publishersOf(topic.arn, args, rules, parent);
  const subscribers = pulumi.all(
    [
      ...(args.subscribers ?? []),
      ...crossAccount.map((spec) => subscriberOf(spec, args, naming)),
    ].map((subscriber) => pulumi.output({ ...subscriber })),
  );
  const isNewTopic = args.existingTopicArn === undefined;
  const ofTopic = isNewTopic
    ? createTopicPolicy(name, args, publishers, subscribers, parent)
    : undefined;
  const ofKey = encryption?.isNew
    ? createKeyPolicy(name, encryption, publishers, accounts, args.transform, parent)
    : undefined;
  const toTopic = pulumi
    .all([publishers, subscribers, place?.account])
    .apply(([known, others, account]) => [
      ...topicStatements(known, others),
      ...accountSubscribes(known.topicArn, account),
    ]);
  const toKey =
    encryption &&
    pulumi
      .all([encryption.key.arn, publishers])
      .apply(([arn, known]) => keyStatements(arn, known, accounts));
  return {
    topicPolicy: ofTopic,
    policies: [ofTopic, ofKey].filter((policy) => policy !== undefined),
    statementsToAdd: pulumi
      .all([
        isNewTopic ? [] : statementsFor(topic.arn, toTopic),
        encryption && toKey && !encryption.isNew ? statementsFor(encryption.key.arn, toKey) : [],
      ])
      .apply((lists) => lists.flat()),
  };
}

/** A queue in another account, as its owner subscribes it. */
function subscriberOf(
  spec: CrossAccountConsumer,
  args: FanoutTopicArgs,
  naming: QueueNaming,
): Subscriber {
  const { name: consumer, region, account } = spec;
  const place = { consumer, fifo: isFifoQueue(spec, Boolean(args.fifo)), region, account };
  return {
    account,
    protocol: "sqs",
    endpoint: spec.existingQueueArn ?? futureQueueArn(naming, place, "work"),
  };
}

function createTopicPolicy(
  name: string,
  { transform }: FanoutTopicArgs,
  publishers: pulumi.Output<Publishers>,
  subscribers: pulumi.Output<KnownSubscriber[]>,
  parent: pulumi.Resource,
): aws.sns.TopicPolicy {
  const policy = pulumi
    .all([publishers, subscribers])
    .apply(([known, others]) => policyText("topic", name, topicPolicy(known, others)));
  const args = { arn: publishers.apply(({ topicArn }) => topicArn), policy };
  return new aws.sns.TopicPolicy(name, transform?.topicPolicy?.(args) ?? args, { parent });
}
