import { arnParts } from "../../aws/arn.ts";
import { functionLimits, queueLimits, roleNameLength, topicLimits } from "../../aws/limits.ts";
import { autoNameSuffixLength } from "../childNames.ts";
import type { ConsumerSpec } from "../consumers/consumer.ts";
import { isExistingFunction } from "../consumers/existingFunction.ts";
import { consumerName, type QueueRole, queueSuffixes, withoutFifo } from "../consumers/names.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { loggingRoleName } from "../monitoring/deliveryLogging.ts";
import { hasOwnResources } from "../sources/source.ts";
import { sourceName } from "../sources/sourceName.ts";
import type { ConsumerFacts, TopicFacts } from "./facts.ts";
import { show } from "./problem.ts";
import { grouped, known, type Rule } from "./rule.ts";

const createQueue =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html";

const roleNames = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

const fifoSuffix = ".fifo".length;

const longest = {
  topic: topicLimits.nameLength,
  queue: queueLimits.nameLength,
  function: functionLimits.nameLength,
  role: roleNameLength,
  alarm: 255,
  tracingPolicy: 128,
} as const;

export const topicNameRules: readonly Rule<TopicFacts>[] = [
  {
    about: "name",
    rule: "letters, digits, - and _; at most 248 of them, 243 for a FIFO topic: SNS allows 256, Pulumi adds 8 and FIFO 5",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
    check: ({ name, fifo }) =>
      wrongLetters(name) ??
      tooLong("topic", name.length + autoNameSuffixLength + (fifo ? fifoSuffix : 0), longest.topic),
  },
  {
    about: "name, deliveryLogging",
    rule: "with deliveryLogging at most 39 characters: its role is named after the topic, and has at most 64",
    severity: "error",
    source: roleNames,
    check: ({ name, args }) => {
      if (!args.deliveryLogging || args.existingTopicArn !== undefined) return undefined;
      const role = loggingRoleName(name);
      return tooLong(`role "${role}"`, role.length + autoNameSuffixLength, longest.role);
    },
  },
  {
    about: "name, alarms",
    rule: "with alarms at most 227 characters: CloudWatch allows 255 for the alarm's name",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    check: ({ name, args }) => {
      const alarm = `${name}-redriven-deliveries`;
      return args.alarms
        ? tooLong(`alarm "${alarm}"`, alarm.length + autoNameSuffixLength, longest.alarm)
        : undefined;
    },
  },
  {
    about: "name, tracing",
    rule: "with tracing at most 112 characters: X-Ray allows 128 for the name of the policy that lets SNS send traces",
    severity: "error",
    source: "https://docs.aws.amazon.com/xray/latest/api/API_PutResourcePolicy.html",
    check: ({ name, args, fifo }) =>
      args.tracing && fifo === undefined && args.existingTopicArn === undefined
        ? tooLong(
            `policy "${name}-tracing"`,
            `${name}-tracing`.length + autoNameSuffixLength,
            longest.tracingPolicy,
          )
        : undefined,
  },
  {
    about: "consumers[].name",
    rule: "unique in the topic",
    severity: "error",
    source: "A consumer's name is its identity.",
    check: ({ args }) =>
      repeated(args.consumers.map((consumer) => consumer.name)).map(
        (name) => `consumer "${name}" is declared more than once; use unique names`,
      ),
  },
  {
    about: "consumers[].name",
    rule: "no queue of one consumer has the name of another's, or of a source's",
    severity: "error",
    source: createQueue,
    check: ({ name, args }) =>
      repeated([...consumerQueues(name, args), ...sourceQueues(name, args)]).map(
        (queue) => `two of the queues would be named "${queue}"; rename a consumer or a source`,
      ),
  },
];

export const consumerNameRules: readonly Rule<ConsumerFacts>[] = [
  {
    about: "consumers[].name",
    rule: "letters, digits, - and _",
    severity: "error",
    source: createQueue,
    check: ({ spec }) => wrongLetters(spec.name),
  },
  {
    about: "consumers[].name",
    rule: "with the topic's name and what Pulumi and FIFO add, each queue's name has at most 80 characters",
    severity: "error",
    source: createQueue,
    check: (facts) => {
      const { topic, spec, fifoQueue } = facts;
      const role = longestOf(queueRoles(spec));
      if (role === undefined) return undefined;
      const name = `${topic.name}-${spec.name}${queueSuffixes[role]}`;
      return tooLong(
        `queue "${name}"`,
        name.length + addedToTopicName(topic) + (fifoQueue ? fifoSuffix : 0),
        longest.queue,
      );
    },
  },
  {
    about: "consumers[].name",
    rule: "with the topic's name and what Pulumi adds, the function's and its role's names have at most 64 characters",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
    check: ({ topic, spec, handler }) => {
      const name = consumerName(topic.name, spec.name);
      return (
        handler &&
        tooLong(`function "${name}"`, name.length + autoNameSuffixLength, longest.function)
      );
    },
  },
  {
    about: "consumers[].name",
    rule: "of kind firehose: with the topic's name and what Pulumi adds, the role's name has at most 64 characters",
    severity: "error",
    source: roleNames,
    check: ({ topic, spec }) => {
      if (spec.kind !== "firehose") return undefined;
      const name = consumerName(topic.name, spec.name);
      return tooLong(`role "${name}"`, name.length + autoNameSuffixLength, longest.role);
    },
  },
];

/** The names of the consumers' queues. Another rule is about consumers of the same name. */
function consumerQueues(topic: string, { consumers }: FanoutTopicArgs): string[] {
  const byName = new Map(consumers.map((consumer) => [consumer.name, consumer]));
  return [...byName.values()].flatMap((spec) =>
    queueRoles(spec).map((role) => `${topic}-${spec.name}${queueSuffixes[role]}`),
  );
}

/** The names of the sources' queues. Another rule is about sources of the same name. */
function sourceQueues(topic: string, { sources = [] }: FanoutTopicArgs): string[] {
  const names = new Set(sources.filter(hasOwnResources).map(sourceName));
  return [...names].map((source) => `${topic}-${source}${queueSuffixes.unpublished}`);
}

/** The queues that a consumer has. */
function queueRoles(spec: ConsumerSpec): QueueRole[] {
  const isQueue = spec.kind === undefined || spec.kind === "queue";
  const undelivered: QueueRole[] = (spec.subscriptionDeadLetter ?? !isQueue) ? ["undelivered"] : [];
  if (isQueue) {
    return spec.existingQueueArn === undefined
      ? ["work", "deadLetters", ...undelivered]
      : undelivered;
  }
  return spec.kind === "function" && !isExistingFunction(spec.handler)
    ? ["failures", ...undelivered]
    : undelivered;
}

function longestOf(roles: readonly QueueRole[]): QueueRole | undefined {
  return [...roles].sort((a, b) => queueSuffixes[b].length - queueSuffixes[a].length)[0];
}

/** In AWS, queues are named after the topic, whose name differs from the component's. */
export function addedToTopicName({ name, args }: TopicFacts): number {
  const existing = known(args.existingTopicArn);
  return existing === undefined
    ? autoNameSuffixLength
    : withoutFifo(arnParts(existing).resource).length - name.length + autoNameSuffixLength;
}

function wrongLetters(name: string): string | undefined {
  if (/^[A-Za-z0-9_-]+$/.test(name)) return undefined;
  return `name may have only letters, digits, - and _ (given ${show(name)})`;
}

function tooLong(what: string, length: number, limit: number): string | undefined {
  if (length <= limit) return undefined;
  return `the name of the ${what} would have ${grouped(length)} characters; AWS allows ${limit}: shorten the topic's or the consumer's name`;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
