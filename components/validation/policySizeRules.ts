import { autoNameSuffixLength, childName } from "../childNames.ts";
import { isCrossAccount } from "../consumers/consumer.ts";
import { isFifoQueue, queueArn, queueName } from "../consumers/names.ts";
import { policyLimits } from "../policyDocument.ts";
import { notifyingSources, ruleSources } from "../sources/source.ts";
import { distinctBuckets } from "../sources/sourceBucket.ts";
import { bucketName, sourceName } from "../sources/sourceName.ts";
import { keyPolicy } from "../topic/encryption.ts";
import { knownPublisher, type Publishers } from "../topic/publishers.ts";
import { type KnownSubscriber, topicPolicy } from "../topic/topicPolicy.ts";
import type { TopicFacts } from "./facts.ts";
import { tooLarge } from "./policySize.ts";
import { grouped, known, type Rule } from "./rule.ts";

/**
 * The rules compute a lower bound of a policy's size: no region's name is shorter than this one, and an
 * Output counts as empty. `policyText` checks the size again when all values are known.
 */
const region = "us-east-1";
const account = "000000000000";
/** The suffix that Pulumi adds to names. */
const suffix = "-".padEnd(autoNameSuffixLength, "0");
const keyArn = `arn:aws:kms:${region}:${account}:key/00000000-0000-0000-0000-000000000000`;

export const policySizeRules: readonly Rule<TopicFacts>[] = [
  {
    about: "sources, publishers, subscribers",
    rule: `a topic's policy of at most ${grouped(policyLimits.topic)} bytes`,
    severity: "error",
    source: "https://docs.aws.amazon.com/general/latest/gr/sns.html",
    check: (topic) =>
      topic.args.existingTopicArn === undefined
        ? tooLarge("topic", topicPolicy(publishersOf(topic), subscribersOf(topic)))
        : undefined,
  },
  {
    about: "sources, publishers, encryption",
    rule: `a key's policy of at most ${grouped(policyLimits.key)} bytes`,
    severity: "error",
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html",
    check: (topic) =>
      topic.args.encryption === "kms"
        ? tooLarge("key", keyPolicy(keyArn, publishersOf(topic), accountsOf(topic)))
        : undefined,
  },
];

function topicArnOf({ name, fifo }: TopicFacts): string {
  return `arn:aws:sns:${region}:${account}:${name}${suffix}${fifo ? ".fifo" : ""}`;
}

function publishersOf(topic: TopicFacts): Publishers {
  const { args } = topic;
  const { sources = [] } = args;
  return {
    topicArn: topicArnOf(topic),
    buckets: distinctBuckets(notifyingSources(sources)).map((source) => ({
      name: bucketName(source) ?? "",
      arn: `arn:aws:s3:::${bucketName(source)}`,
    })),
    rules: ruleSources(sources).map((source) => ({
      name: sourceName(source) ?? "",
      arn: `arn:aws:events:${region}:${account}:rule/${childName(topic.name, sourceName(source) ?? "")}${suffix}`,
    })),
    publishers: (args.publishers ?? []).map((publisher) =>
      knownPublisher(publisher, known(publisher.principalArn), known(publisher.sourceArn)),
    ),
  };
}

function subscribersOf(topic: TopicFacts): KnownSubscriber[] {
  const { name, args, fifo } = topic;
  const named = (args.subscribers ?? []).map((subscriber) => ({
    ...subscriber,
    endpoint: known(subscriber.endpoint) ?? "",
  }));
  const foreign = args.consumers.filter(isCrossAccount).map((spec) => {
    const queue = queueName(
      name + suffix,
      spec.name,
      "work",
      isFifoQueue(spec, fifo !== undefined),
    );
    const { account, existingQueueArn: existing } = spec;
    const endpoint =
      existing === undefined ? queueArn(topicArnOf(topic), queue, { account }) : existing;
    return { account, protocol: "sqs", endpoint: known(endpoint) ?? "" };
  });
  return [...named, ...foreign];
}

function accountsOf({ args }: TopicFacts): string[] {
  return args.consumers.filter(isCrossAccount).map(({ account }) => account);
}
