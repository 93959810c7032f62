import { queueLimits, topicLimits } from "../../aws/limits.ts";
import { tagAlphabet } from "../../aws/tags.ts";
import { isCrossAccount } from "../consumers/consumer.ts";
import { notifyingSources, ruleSources } from "../sources/source.ts";
import { distinctBuckets } from "../sources/sourceBucket.ts";
import { adoptionRules } from "./adoptionRules.ts";
import type { TopicFacts } from "./facts.ts";
import { monitoringRules } from "./monitoringRules.ts";
import { topicNameRules } from "./nameRules.ts";
import { policySizeRules } from "./policySizeRules.ts";
import { grouped, known, type Rule, range } from "./rule.ts";
import { tagProblems } from "./tagRules.ts";

const quotas = "https://docs.aws.amazon.com/general/latest/gr/sns.html";
const policies =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html";

/** The largest message that SNS accepts by default, in bytes; the provider cannot change it. */
const topicMessageSize = topicLimits.defaultMessageBytes;

/** The statements of every topic's policy: for the owner, and TLS only. */
const ownStatements = 2;

export const topicRules: readonly Rule<TopicFacts>[] = [
  ...topicNameRules,
  ...adoptionRules,
  ...monitoringRules,
  ...policySizeRules,
  {
    about: "consumers",
    rule: "at least one",
    severity: "error",
    source: "A topic without a consumer loses every message.",
    check: ({ args }) =>
      args.consumers.length > 0 ? undefined : "consumers is empty; add at least one",
  },
  {
    about: "consumers",
    rule: "at most 100 on a FIFO topic",
    severity: "error",
    source: quotas,
    check: ({ args, fifo }) =>
      fifo && args.consumers.length > 100
        ? `a FIFO topic allows 100 subscriptions (given ${args.consumers.length} consumers)`
        : undefined,
  },
  {
    about: "consumers",
    rule: "at most 5 of kind firehose",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-firehose-as-subscriber.html",
    check: ({ args }) => {
      const streams = args.consumers.filter((consumer) => consumer.kind === "firehose").length;
      return streams > 5
        ? `a topic allows 5 Firehose subscriptions (given ${streams} consumers of kind firehose)`
        : undefined;
    },
  },
  {
    about: "consumers[].filter",
    rule: "at most 200 filter policies on a topic, unless AWS raised your quota",
    severity: "warning",
    source: "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html",
    check: ({ args }) => {
      const filtered = args.consumers.filter((consumer) => consumer.filter !== undefined).length;
      return filtered > 200
        ? `${filtered} consumers have a filter; AWS's default quota is 200 for a topic`
        : undefined;
    },
  },
  range({
    about: "maxMessageSize",
    ...queueLimits.messageBytes,
    unit: "bytes",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
    value: ({ args }) => args.maxMessageSize,
  }),
  {
    about: "maxMessageSize",
    rule: "not below the 262,144 bytes that the topic accepts: a queue rejects larger messages, and SNS does not retry",
    severity: "warning",
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html",
    check: ({ args }) => {
      const given = known(args.maxMessageSize);
      return given !== undefined &&
        given >= queueLimits.messageBytes.min &&
        given < topicMessageSize
        ? `maxMessageSize (${grouped(given)}) is below the ${grouped(topicMessageSize)} bytes that the topic accepts: larger messages are published and reach no queue`
        : undefined;
    },
  },
  range({
    about: "fifo.archiveDays",
    min: 0,
    max: 365,
    unit: "days",
    source:
      "https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html",
    value: ({ fifo }) => fifo?.archiveDays,
  }),
  {
    about: "fifo.archiveDays",
    rule: "a topic with an archive cannot be deleted, and the archive ends with 0 only, not without the field",
    severity: "warning",
    source:
      "https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html",
    check: ({ fifo }) =>
      fifo?.archiveDays
        ? "fifo.archiveDays: AWS does not delete a topic with an archive; before `pulumi destroy`, set archiveDays to 0 and run `pulumi up`, which deletes the archive. Do the same before you remove archiveDays or fifo: SNS rejects an update without the field"
        : undefined,
  },
  {
    about: "fifo.highThroughput",
    rule: "cannot be turned off",
    severity: "warning",
    source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-high-throughput.html",
    check: ({ fifo }) =>
      fifo?.highThroughput
        ? "fifo.highThroughput: AWS does not let a topic return to deduplication for the whole topic"
        : undefined,
  },
  {
    about: "tags",
    rule: `at most 50; keys of 1 to 128 characters that do not begin with aws: and differ in more than case, values of up to 256: ${tagAlphabet}`,
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html",
    check: ({ args }) => tagProblems(args.tags ?? {}),
  },
  {
    about: "sources, publishers, subscribers",
    rule: "at most 98 together, with consumers of other accounts: a topic's policy can have 100 statements, of which two are always present",
    severity: "error",
    source: policies,
    check: ({ args }) => {
      const sources = args.sources ?? [];
      const buckets = distinctBuckets(notifyingSources(sources)).length;
      const crossAccount = args.consumers.filter(isCrossAccount).length;
      const statements =
        ownStatements +
        buckets +
        ruleSources(sources).length +
        (args.publishers?.length ?? 0) +
        (args.subscribers?.length ?? 0) +
        crossAccount;
      return statements > 100
        ? `the topic's policy would have ${statements} statements; SNS allows 100: remove sources, publishers or subscribers`
        : undefined;
    },
  },
];
