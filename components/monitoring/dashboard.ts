import * as aws from "@pulumi/aws";
import * as cloudwatch from "@pulumi/awsx/classic/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import type { Consumer } from "../consumers/consumerBase.ts";
import type { TopicReference } from "../topic/topicReference.ts";
import { dashboardName } from "./dashboardName.ts";
import { type MetricSource, type Monitored, ofFunction, ofQueue, ofTopic } from "./metrics.ts";

/** CloudWatch's grid has 24 columns. */
const width = 8;
const height = 5;

/** CloudWatch allows 100 widgets: two for the topic, up to three for each consumer. */
export const maxDashboardConsumers = 32;

/**
 * Creates a dashboard with a row for the topic, and one for each consumer with its queue, its function and
 * its dead letters. It is named after the topic and the stack, because the names of dashboards are unique
 * in an account.
 */
export function createDashboard(
  { name, topic, consumers }: Monitored,
  parent: pulumi.Resource,
): cloudwatch.Dashboard {
  return new cloudwatch.Dashboard(
    name,
    {
      name: dashboardName(name, parent),
      region: topic.arn.apply((arn) => knownRegion(arnParts(arn).region)),
      widgets: [
        topicRow(name, topic),
        ...Object.entries(consumers).flatMap(([consumer, parts]) => consumerRow(consumer, parts)),
      ],
    },
    { parent },
  );
}

function topicRow(name: string, topic: TopicReference): cloudwatch.RowWidget {
  const metrics = ofTopic(topic.name);
  return new cloudwatch.RowWidget(
    graph(`${name}: published and delivered`, [
      [metrics.published, "published"],
      [metrics.delivered, "delivered"],
      [metrics.filtered, "filtered out"],
    ]),
    graph(`${name}: not delivered`, [
      [metrics.failed, "failed"],
      [metrics.redriven, "kept in a dead-letter queue"],
      [metrics.lost, "lost"],
    ]),
  );
}

function consumerRow(name: string, consumer: Consumer): cloudwatch.RowWidget[] {
  const graphs = [
    ...queueGraphs(name, consumer),
    ...functionGraphs(name, consumer),
    ...deadLetterGraphs(name, consumer),
  ];
  return graphs.length === 0 ? [] : [new cloudwatch.RowWidget(...graphs)];
}

function queueGraphs(name: string, { queue }: Consumer): cloudwatch.LineGraphMetricWidget[] {
  if (queue === undefined) return [];
  const { visible, inFlight, oldest } = ofQueue(queue.name);
  return [
    graph(`${name}: queue`, [
      [visible, "waiting"],
      [inFlight, "in flight"],
      [oldest, "age of the oldest, seconds", "right"],
    ]),
  ];
}

function functionGraphs(
  name: string,
  { function: worker }: Consumer,
): cloudwatch.LineGraphMetricWidget[] {
  if (worker === undefined) return [];
  const { invocations, errors, throttles, duration } = ofFunction(worker.name);
  return [
    graph(`${name}: function`, [
      [invocations, "invocations"],
      [errors, "errors"],
      [throttles, "throttles"],
      [duration, "longest, milliseconds", "right"],
    ]),
  ];
}

function deadLetterGraphs(
  name: string,
  { deadLetterQueue, undeliveredQueue, failureQueue }: Consumer,
): cloudwatch.LineGraphMetricWidget[] {
  const lines = [
    [deadLetterQueue, "dead letters"],
    [undeliveredQueue, "undelivered"],
    [failureQueue, "failures"],
  ] as const;
  const present = lines.flatMap(([queue, label]): Line[] =>
    queue === undefined ? [] : [[ofQueue(queue.name).visible, label]],
  );
  return present.length === 0 ? [] : [graph(`${name}: not handled`, present)];
}

/** A metric with its label and the side of its scale. */
type Line = readonly [metric: MetricSource, label: string, axis?: "left" | "right"];

function graph(title: string, lines: readonly Line[]): cloudwatch.LineGraphMetricWidget {
  return new cloudwatch.LineGraphMetricWidget({
    title,
    width,
    height,
    metrics: lines.map(
      ([{ namespace, name, statistic, dimensions }, label, yAxis = "left"]) =>
        new cloudwatch.Metric({
          namespace,
          name,
          statistic,
          dimensions: { ...dimensions },
          label,
          yAxis,
        }),
    ),
  });
}

/** awsx accepts only the regions that @pulumi/aws lists. @throws RunError for any other region */
function knownRegion(region: string): aws.Region {
  const found = Object.values(aws.Region).find((each) => each === region);
  if (found !== undefined) return found;
  throw new pulumi.RunError(`dashboard: the region ${region} is not known to @pulumi/aws`);
}
