import type * as pulumi from "@pulumi/pulumi";
import type { Consumer } from "../consumers/consumerBase.ts";
import { consumerName, queueLogicalName } from "../consumers/names.ts";
import { type MetricSource, type Monitored, ofFunction, ofQueue, ofTopic } from "./metrics.ts";

/** An alarm that is raised when the metric exceeds the threshold in each of the last `periods`. */
export type AlarmDefinition = {
  readonly name: string;
  /** What has happened, for the recipient of the notification. */
  readonly description: string;
  readonly metric: MetricSource;
  readonly threshold: pulumi.Input<number>;
  /** Each lasts five minutes. */
  readonly periods: number;
};

export const alarmDefaults = {
  deadLetters: 0,
  oldestMessageSeconds: 900,
  oldestQuietMessageSeconds: 300,
  failedDeliveries: 0,
  functionErrors: 0,
  throttles: 0,
  durationPercent: 90,
} as const;

/** `false` turns the alarms of that kind off. */
export type AlarmThresholds = { readonly [Kind in keyof typeof alarmDefaults]: number | false };

/** The alarms of a topic and its consumers. */
export function alarmDefinitions(
  monitored: Monitored,
  thresholds: AlarmThresholds,
): AlarmDefinition[] {
  return [
    ...topicAlarms(monitored, thresholds),
    ...sourceAlarms(monitored, thresholds),
    ...Object.entries(monitored.consumers).flatMap(([name, consumer]) =>
      consumerAlarms(consumerName(monitored.name, name), consumer, thresholds),
    ),
  ];
}

function topicAlarms(
  { name, topic }: Monitored,
  { failedDeliveries }: AlarmThresholds,
): AlarmDefinition[] {
  if (failedDeliveries === false) return [];
  const metrics = ofTopic(topic.name);
  const common = { threshold: failedDeliveries, periods: 1 };
  return [
    {
      ...common,
      name: `${name}-failed-deliveries`,
      description: `SNS could not deliver messages of the topic ${name}`,
      metric: metrics.failed,
    },
    {
      ...common,
      name: `${name}-redriven-deliveries`,
      description: `SNS put messages of the topic ${name} into a dead-letter queue, because it could not deliver them`,
      metric: metrics.redriven,
    },
    {
      ...common,
      name: `${name}-lost-deliveries`,
      description: `SNS lost messages of the topic ${name}: neither delivered nor kept`,
      metric: metrics.lost,
    },
  ];
}

function sourceAlarms(
  { name: topic, unpublishedQueues }: Monitored,
  { deadLetters }: AlarmThresholds,
): AlarmDefinition[] {
  if (deadLetters === false) return [];
  return Object.entries(unpublishedQueues).map(([source, queue]) => ({
    name: queueLogicalName(topic, source, "unpublished"),
    description: `the topic ${topic} did not accept messages of its source ${source}`,
    metric: ofQueue(queue.name).visible,
    threshold: deadLetters,
    periods: 1,
  }));
}

function consumerAlarms(
  name: string,
  consumer: Consumer,
  thresholds: AlarmThresholds,
): AlarmDefinition[] {
  return [
    ...deadLetterAlarms(name, consumer, thresholds),
    ...ageAlarms(name, consumer, thresholds),
    ...functionAlarms(name, consumer, thresholds),
  ];
}

function deadLetterAlarms(
  name: string,
  { deadLetterQueue, undeliveredQueue, failureQueue, region }: Consumer,
  { deadLetters }: AlarmThresholds,
): AlarmDefinition[] {
  if (deadLetters === false) return [];
  const queues = [
    [deadLetterQueue, "dead-letters", `${name} failed on messages too often`],
    [undeliveredQueue, "undelivered", `SNS could not deliver messages to ${name}`],
    [failureQueue, "failures", `the function ${name} failed on events for all its tries`],
  ] as const;
  return queues.flatMap(([queue, suffix, description]) =>
    queue === undefined
      ? []
      : {
          name: `${name}-${suffix}`,
          description,
          metric: ofQueue(queue.name, region).visible,
          threshold: deadLetters,
          periods: 1,
        },
  );
}

function ageAlarms(
  name: string,
  { queue, fairness }: Consumer,
  { oldestMessageSeconds, oldestQuietMessageSeconds }: AlarmThresholds,
): AlarmDefinition[] {
  if (queue === undefined) return [];
  const { oldest, quiet } = ofQueue(queue.name);
  const alarm = (suffix: string, what: string, metric: MetricSource, seconds: number | false) =>
    seconds === false
      ? []
      : [
          {
            name: `${name}-${suffix}`,
            description: `${what} has waited for ${name} for more than ${seconds} seconds`,
            metric,
            threshold: seconds,
            periods: 1,
          },
        ];
  const ofQuiet = "a message of a quiet group";
  return [
    ...alarm("oldest-message", "a message", oldest, oldestMessageSeconds),
    ...(fairness
      ? alarm("oldest-quiet-message", ofQuiet, quiet.oldest, oldestQuietMessageSeconds)
      : []),
  ];
}

function functionAlarms(
  name: string,
  { function: worker, region }: Consumer,
  { functionErrors, throttles, durationPercent }: AlarmThresholds,
): AlarmDefinition[] {
  if (worker === undefined) return [];
  const metrics = ofFunction(worker.name, region);
  const timeoutMilliseconds = worker.timeout.apply((seconds) => (seconds ?? 3) * 1000);
  const alarm = (
    suffix: string,
    description: string,
    metric: MetricSource,
    threshold: pulumi.Input<number> | false,
    periods: number,
  ): AlarmDefinition[] =>
    threshold === false
      ? []
      : [{ name: `${name}-${suffix}`, description, metric, threshold, periods }];
  return [
    ...alarm("errors", `invocations of ${name} failed`, metrics.errors, functionErrors, 1),
    ...alarm("throttles", `${name} is throttled`, metrics.throttles, throttles, 3),
    ...alarm(
      "duration",
      `${name} takes almost all the time that it may`,
      metrics.duration,
      durationPercent !== false &&
        timeoutMilliseconds.apply((limit) => (limit * durationPercent) / 100),
      3,
    ),
  ];
}
