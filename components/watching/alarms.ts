import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Consumer } from "../consumers/consumer.ts";
import { consumerName } from "../names.ts";
import type { AlarmsArgs } from "./alarmsArgs.ts";
import { type MetricSource, ofFunction, ofQueue, ofTopic } from "./metrics.ts";

/** What is watched: a topic and its consumers, by name. */
export type Watched = {
  readonly name: string;
  readonly topic: aws.sns.Topic;
  readonly consumers: Readonly<Record<string, Consumer>>;
  readonly tags: Record<string, pulumi.Input<string>> | undefined;
};

/** One alarm: on when the metric is above the threshold in each of so many times five minutes. */
type Alarm = {
  readonly name: string;
  /** What has happened, for whoever gets the message. */
  readonly description: string;
  readonly metric: MetricSource;
  readonly threshold: pulumi.Input<number>;
  readonly periods: number;
};

export const alarmDefaults = {
  deadLetters: 0,
  oldestMessageSeconds: 900,
  failedDeliveries: 0,
  functionErrors: 0,
  throttles: 0,
  durationPercent: 90,
} as const;

type Thresholds = { readonly [Kind in keyof typeof alarmDefaults]: number | false };

const fiveMinutes = 300;

/**
 * Alarms on what needs a person: messages that nobody handles, and those that nobody gets. Quiet metrics
 * are well: SQS and SNS send nothing while nothing happens.
 */
export class Alarms extends pulumi.ComponentResource {
  constructor(watched: Watched, args: AlarmsArgs, opts: pulumi.ComponentResourceOptions) {
    super("fanout:index:Alarms", watched.name, {}, opts);
    const { actions = [], ...given } = args;
    refuseOwnTopic(watched, actions);
    const thresholds = { ...alarmDefaults, ...given };
    const definitions = [
      ...topicAlarms(watched, thresholds),
      ...Object.entries(watched.consumers).flatMap(([name, consumer]) =>
        consumerAlarms(consumerName(watched.name, name), consumer, thresholds),
      ),
    ];
    for (const alarm of definitions) createAlarm(alarm, actions, watched.tags, this);
    this.registerOutputs();
  }
}

/** An alarm that is told to the topic that it is about is lost when it matters. */
function refuseOwnTopic({ name, topic }: Watched, actions: readonly pulumi.Input<string>[]): void {
  pulumi.all([topic.arn, pulumi.all([...actions])]).apply(([own, others]) => {
    if (others.includes(own)) {
      throw new pulumi.RunError(
        `FanoutTopic "${name}": alarms.actions names the topic itself; take a topic of its own for alarms`,
      );
    }
  });
}

function topicAlarms({ name, topic }: Watched, { failedDeliveries }: Thresholds): Alarm[] {
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

function consumerAlarms(name: string, consumer: Consumer, thresholds: Thresholds): Alarm[] {
  return [
    ...deadLetterAlarms(name, consumer, thresholds),
    ...ageAlarms(name, consumer, thresholds),
    ...functionAlarms(name, consumer, thresholds),
  ];
}

function deadLetterAlarms(
  name: string,
  { deadLetterQueue, undeliveredQueue, failureQueue }: Consumer,
  { deadLetters }: Thresholds,
): Alarm[] {
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
          metric: ofQueue(queue.name).visible,
          threshold: deadLetters,
          periods: 1,
        },
  );
}

function ageAlarms(
  name: string,
  { queue }: Consumer,
  { oldestMessageSeconds }: Thresholds,
): Alarm[] {
  if (queue === undefined || oldestMessageSeconds === false) return [];
  return [
    {
      name: `${name}-oldest-message`,
      description: `a message has waited for ${name} for more than ${oldestMessageSeconds} seconds`,
      metric: ofQueue(queue.name).oldest,
      threshold: oldestMessageSeconds,
      periods: 1,
    },
  ];
}

function functionAlarms(
  name: string,
  { function: worker }: Consumer,
  { functionErrors, throttles, durationPercent }: Thresholds,
): Alarm[] {
  if (worker === undefined) return [];
  const metrics = ofFunction(worker.name);
  const timeoutMilliseconds = worker.timeout.apply((seconds) => (seconds ?? 3) * 1000);
  const alarm = (
    suffix: string,
    description: string,
    metric: MetricSource,
    threshold: pulumi.Input<number> | false,
    periods: number,
  ): Alarm[] =>
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

function createAlarm(
  { name, description, metric, threshold, periods }: Alarm,
  actions: readonly pulumi.Input<string>[],
  tags: Watched["tags"],
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: description,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      statistic: metric.statistic,
      period: fiveMinutes,
      evaluationPeriods: periods,
      comparisonOperator: "GreaterThanThreshold",
      threshold,
      treatMissingData: "notBreaching",
      alarmActions: [...actions],
      okActions: [...actions],
      tags,
    },
    { parent },
  );
}
