import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ForeignConsumer, isForeign } from "../consumers/elsewhere.ts";
import { isFifoQueue } from "../consumers/queueKind.ts";
import { futureQueueArn } from "../consumers/queuePlace.ts";
import type { FanoutTopicArgs, Subscriber } from "../fanoutTopicArgs.ts";
import { keyStatements } from "../policies/keyPolicy.ts";
import { topicStatements } from "../policies/topicPolicy.ts";
import { createTopicPolicy } from "./createTopic.ts";
import { createKeyPolicy, type TopicKey } from "./encryption.ts";
import { publishersOf, subscribersOf } from "./publishers.ts";
import { type StatementToAdd, toAdd } from "./statementsToAdd.ts";

/** Who may use the topic and its key: by policies of ours, or by statements that their owners add. */
export type Access = {
  readonly topicPolicy: aws.sns.TopicPolicy | undefined;
  /** What has to be in place before the first message. */
  readonly policies: readonly pulumi.Resource[];
  readonly statementsToAdd: pulumi.Output<StatementToAdd[]>;
};

export function createAccess(
  name: string,
  args: FanoutTopicArgs,
  topic: aws.sns.Topic,
  encryption: TopicKey | undefined,
  parent: pulumi.Resource,
): Access {
  const foreign = args.consumers.filter(isForeign);
  const publishers = publishersOf(topic.arn, args);
  const subscribers = subscribersOf([
    ...(args.subscribers ?? []),
    ...foreign.map((spec) => subscriberOf(spec, args, topic)),
  ]);
  const accounts = foreign.map((spec) => spec.account);
  const ours = args.existingTopicArn === undefined;
  const topicPolicy = ours ? createTopicPolicy(name, publishers, subscribers, parent) : undefined;
  const keyPolicy = encryption?.ours
    ? createKeyPolicy(name, encryption, publishers, accounts, parent)
    : undefined;
  const toTopic = pulumi
    .all([publishers, subscribers])
    .apply(([known, others]) => topicStatements(known, others));
  const toKey =
    encryption &&
    pulumi
      .all([encryption.key.arn, publishers])
      .apply(([arn, known]) => keyStatements(arn, known, accounts));
  return {
    topicPolicy,
    policies: [topicPolicy, keyPolicy].filter((policy) => policy !== undefined),
    statementsToAdd: pulumi
      .all([
        ours ? [] : toAdd(topic.arn, toTopic),
        encryption && toKey && !encryption.ours ? toAdd(encryption.key.arn, toKey) : [],
      ])
      .apply((lists) => lists.flat()),
  };
}

function subscriberOf(
  spec: ForeignConsumer,
  args: FanoutTopicArgs,
  topic: aws.sns.Topic,
): Subscriber {
  const { name: consumer, region, account } = spec;
  const place = { consumer, fifo: isFifoQueue(spec, Boolean(args.fifo)), region, account };
  return {
    account,
    protocol: "sqs",
    endpoint: spec.existingQueueArn ?? futureQueueArn(topic, place, "work"),
  };
}
