import { queueLimits } from "../../aws/limits.ts";
import { type ConsumerSpec, isCrossAccountOrRegion } from "../consumers/consumer.ts";
import type { QueueConsumerSpec } from "../consumers/queueConsumer.ts";
import { alarmDefaults } from "../monitoring/alarmDefinitions.ts";
import { maxDashboardConsumers } from "../monitoring/dashboard.ts";
import type { TopicFacts } from "./facts.ts";
import { logRetentions } from "./handlerRules.ts";
import { show } from "./problem.ts";
import { grouped, known, type Rule, range } from "./rule.ts";

const putAlarm =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html";
const topicAttributes = "https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html";

/** Rules about alarms, the dashboard, delivery logs and traces. */
export const monitoringRules: readonly Rule<TopicFacts>[] = [
  {
    about: "alarms.actions",
    rule: "at most 5, each the ARN of something that CloudWatch can call",
    severity: "error",
    source: putAlarm,
    check: (topic) => {
      const actions = alarmsOf(topic).actions ?? [];
      return [
        ...(actions.length > 5
          ? [`alarms.actions has ${actions.length}; CloudWatch allows 5`]
          : []),
        ...actions
          .map(known)
          .filter((action) => action !== undefined && !/^arn:[\w-]+:[\w-]+:\S+$/.test(action))
          .map((action) => `alarms.actions must be ARNs (given ${show(action)})`),
      ];
    },
  },
  ...(["deadLetters", "failedDeliveries", "functionErrors", "throttles"] as const).map(
    (field): Rule<TopicFacts> =>
      range({
        about: `alarms.${field}`,
        min: 0,
        max: 1_000_000_000,
        source: putAlarm,
        value: (topic) => thresholdOf(topic, field),
      }),
  ),
  range({
    about: "alarms.durationPercent",
    min: 1,
    max: 100,
    unit: "percent of the timeout",
    source: putAlarm,
    value: (topic) => thresholdOf(topic, "durationPercent"),
  }),
  ageRule("oldestMessageSeconds", hasMonitoredQueue),
  ageRule(
    "oldestQuietMessageSeconds",
    (spec): spec is QueueConsumerSpec => hasMonitoredQueue(spec) && spec.fairness === true,
  ),
  {
    about: "dashboard",
    rule: `at most ${maxDashboardConsumers} consumers: CloudWatch shows 100 widgets`,
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
    check: ({ args }) =>
      args.dashboard && args.consumers.length > maxDashboardConsumers
        ? `dashboard supports ${maxDashboardConsumers} consumers (given ${args.consumers.length})`
        : undefined,
  },
  range({
    about: "deliveryLogging.successSamplePercent",
    min: 0,
    max: 100,
    unit: "percent",
    source: topicAttributes,
    value: ({ args: { deliveryLogging } }) =>
      typeof deliveryLogging === "object" ? deliveryLogging.successSamplePercent : undefined,
  }),
  {
    about: "deliveryLogging.retentionDays",
    rule: `one of ${logRetentions.join(", ")}`,
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
    check: ({ args: { deliveryLogging } }) => {
      const given = typeof deliveryLogging === "object" ? deliveryLogging.retentionDays : undefined;
      return given !== undefined && !logRetentions.includes(given)
        ? `deliveryLogging.retentionDays must be one of CloudWatch's values ${logRetentions.join(", ")} (given ${given})`
        : undefined;
    },
  },
  {
    about: "tracing",
    rule: "not of a FIFO topic, only of its functions",
    severity: "warning",
    source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
    check: ({ args, fifo }) =>
      args.tracing && fifo
        ? "tracing: SNS traces standard topics only; the functions are traced, the topic is not"
        : undefined,
  },
];

/** @param isMonitored whether the alarm is about a consumer's queue */
function ageRule(
  field: "oldestMessageSeconds" | "oldestQuietMessageSeconds",
  isMonitored: (spec: ConsumerSpec) => spec is QueueConsumerSpec,
): Rule<TopicFacts> {
  return {
    about: `alarms.${field}`,
    rule: "1 or more, and below the retention of every monitored queue: no message gets older",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    check: (topic) => {
      const { [field]: age = alarmDefaults[field] } = alarmsOf(topic);
      if (!topic.args.alarms || age === false) return undefined;
      if (age < 1) return `alarms.${field} must be 1 or more (given ${age})`;
      return topic.args.consumers.filter(isMonitored).flatMap((consumer) => {
        const kept = known(consumer.retentionSeconds ?? queueLimits.retentionSeconds.default);
        return kept !== undefined && age >= kept
          ? `alarms.${field} (${grouped(age)}) must be below the retention of consumer "${consumer.name}" (${grouped(kept)})`
          : [];
      });
    },
  };
}

function alarmsOf({ args }: TopicFacts) {
  return typeof args.alarms === "object" ? args.alarms : {};
}

/** Undefined by default, and if the alarm is turned off. */
function thresholdOf(topic: TopicFacts, field: keyof typeof alarmDefaults): number | undefined {
  const { [field]: threshold } = alarmsOf(topic);
  return threshold === false ? undefined : threshold;
}

/** A new queue in the topic's account and region. */
function hasMonitoredQueue(spec: ConsumerSpec): spec is QueueConsumerSpec {
  return (
    (spec.kind === undefined || spec.kind === "queue") &&
    spec.existingQueueArn === undefined &&
    !isCrossAccountOrRegion(spec)
  );
}
