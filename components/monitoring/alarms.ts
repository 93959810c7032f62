import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { regionOfArn } from "../topic/topicReference.ts";
import { type AlarmDefinition, alarmDefaults, alarmDefinitions } from "./alarmDefinitions.ts";
import type { Monitored } from "./metrics.ts";

/** Thresholds by kind of alarm; `false` turns the alarms of a kind off. */
export interface AlarmsArgs {
  /**
   * ARNs of topics that receive a notification when an alarm is raised and when it is over: up to 5, in the
   * alarm's region, and not the monitored topic. Alarms are in the topic's region, those of an existing queue's
   * consumer in the queue's, without the actions in other regions. CloudWatch needs permission to publish to them:
   * `publishers: [{ service: "cloudwatch.amazonaws.com" }]`. @default none: alarms appear in CloudWatch
   */
  actions?: pulumi.Input<string>[];
  /** Messages in a dead-letter queue of any kind: 0 or more. @default 0 */
  deadLetters?: number | false;
  /** Age of the oldest message in a queue, in seconds: 1 or more, below the queue's retention. @default 900 */
  oldestMessageSeconds?: number | false;
  /**
   * Age of the oldest message outside of noisy groups, for consumers with `fairness`, in seconds: 1 or more, below
   * the queue's retention. @default 300
   */
  oldestQuietMessageSeconds?: number | false;
  /** Deliveries that SNS gave up within five minutes: 0 or more. @default 0 */
  failedDeliveries?: number | false;
  /** Failed invocations within five minutes: 0 or more. A batch with partial failures does not count. @default 0 */
  functionErrors?: number | false;
  /** Throttled invocations within five minutes, three times in a row: 0 or more. @default 0 */
  throttles?: number | false;
  /** The longest invocation within five minutes, in percent of the timeout, three times in a row: 1 to 100. @default 90 */
  durationPercent?: number | false;
}

const fiveMinutes = 300;

/**
 * Alarms on problems that require action: dead letters, old messages, failed deliveries, failing functions.
 * Missing data counts as healthy, because SQS and SNS report nothing while there are no messages.
 *
 * @throws RunError if `actions` contains the monitored topic
 */
export class Alarms extends pulumi.ComponentResource {
  constructor(monitored: Monitored, args: AlarmsArgs, opts: pulumi.ComponentResourceOptions) {
    super("fanout:index:Alarms", monitored.name, {}, opts);
    const { actions = [], ...thresholds } = args;
    rejectMonitoredTopic(monitored, actions);
    for (const alarm of alarmDefinitions(monitored, { ...alarmDefaults, ...thresholds })) {
      createAlarm(alarm, actions, monitored, this);
    }
    this.registerOutputs();
  }
}

/** A notification about a topic would be lost in that topic when it matters. */
function rejectMonitoredTopic(
  { name, topic }: Monitored,
  actions: readonly pulumi.Input<string>[],
): void {
  pulumi.all([topic.arn, pulumi.all([...actions])]).apply(([own, others]) => {
    if (others.includes(own)) {
      throw new pulumi.RunError(
        `FanoutTopic "${name}": alarms.actions contains the topic itself; use another topic for alarms`,
      );
    }
  });
}

function createAlarm(
  { name, description, metric, threshold, periods }: AlarmDefinition,
  actions: readonly pulumi.Input<string>[],
  monitored: Monitored,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  const region = metric.region ?? monitored.region;
  const inRegion = actionsInRegion(actions, region, monitored);
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
      alarmActions: inRegion,
      okActions: inRegion,
      region,
      tags: monitored.tags,
    },
    { parent },
  );
}

/**
 * CloudWatch rejects an action in another region than the alarm's. Where all alarms are in the topic's region,
 * that one is the user's mistake, and is not hidden.
 */
function actionsInRegion(
  actions: readonly pulumi.Input<string>[],
  region: pulumi.Input<string> | undefined,
  { topic, consumers }: Monitored,
): pulumi.Input<pulumi.Input<string>[]> {
  if (Object.values(consumers).every((consumer) => consumer.region === undefined)) {
    return [...actions];
  }
  return pulumi
    .all([region ?? regionOfArn(topic.arn), pulumi.all([...actions])])
    .apply(([own, arns]) => arns.filter((arn) => arnParts(arn).region === own));
}
