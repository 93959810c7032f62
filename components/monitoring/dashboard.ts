import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import type { Consumer } from "../consumers/consumerBase.ts";
import type { TopicReference } from "../topic/topicReference.ts";
import { dashboardName } from "./dashboardName.ts";
import { type MetricSource, type Monitored, ofFunction, ofQueue, ofTopic } from "./metrics.ts";

/** CloudWatch's grid has 24 columns. */
const width = 8;
const height = 5;

const periodSeconds = 300;

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
): aws.cloudwatch.Dashboard {
  const rows = [
    topicRow(name, topic),
    ...Object.entries(consumers).map(([consumer, parts]) => consumerRow(consumer, parts)),
  ].filter((row) => row.length > 0);
  const region = topic.arn.apply((arn) => arnParts(arn).region);
  return new aws.cloudwatch.Dashboard(
    name,
    {
      dashboardName: dashboardName(name, parent),
      dashboardBody: pulumi.jsonStringify({
        widgets: rows.flatMap((row, index) =>
          row.map((graph, column) =>
            widget(graph, { x: column * width, y: index * height }, region),
          ),
        ),
      }),
    },
    { parent },
  );
}

function topicRow(name: string, topic: TopicReference): Graph[] {
  const metrics = ofTopic(topic.name);
  return [
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
  ];
}

function consumerRow(name: string, consumer: Consumer): Graph[] {
  return [
    ...queueGraphs(name, consumer),
    ...functionGraphs(name, consumer),
    ...deadLetterGraphs(name, consumer),
  ];
}

function queueGraphs(name: string, { queue, fairness }: Consumer): Graph[] {
  if (queue === undefined) return [];
  const { visible, inFlight, oldest, quiet, noisyGroups } = ofQueue(queue.name);
  const fairLines: Line[] = [
    [noisyGroups, "noisy groups"],
    [quiet.visible, "waiting in quiet groups"],
    [quiet.oldest, "age of the oldest in quiet groups, seconds", "right"],
  ];
  return [
    graph(`${name}: queue`, [
      [visible, "waiting"],
      [inFlight, "in flight"],
      [oldest, "age of the oldest, seconds", "right"],
      ...(fairness ? fairLines : []),
    ]),
  ];
}

function functionGraphs(name: string, { function: worker, region }: Consumer): Graph[] {
  if (worker === undefined) return [];
  const { invocations, errors, throttles, duration } = ofFunction(worker.name, region);
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
  { deadLetterQueue, undeliveredQueue, failureQueue, region }: Consumer,
): Graph[] {
  const lines = [
    [deadLetterQueue, "dead letters"],
    [undeliveredQueue, "undelivered"],
    [failureQueue, "failures"],
  ] as const;
  const present = lines.flatMap(([queue, label]): Line[] =>
    queue === undefined ? [] : [[ofQueue(queue.name, region).visible, label]],
  );
  return present.length === 0 ? [] : [graph(`${name}: not handled`, present)];
}

/** A metric with its label and the side of its scale. */
type Line = readonly [metric: MetricSource, label: string, axis?: "left" | "right"];

type Graph = { readonly title: string; readonly lines: readonly Line[] };

function graph(title: string, lines: readonly Line[]): Graph {
  return { title, lines };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
function widget(
  { title, lines }: Graph,
  place: { readonly x: number; readonly y: number },
  region: pulumi.Output<string>,
) {
  const metrics = lines.map(
    ([{ namespace, name, statistic, dimensions, region: own }, label, yAxis = "left"]) => [
      namespace,
      name,
      ...Object.entries(dimensions).flat(),
      { stat: statistic, label, period: periodSeconds, visible: true, yAxis, region: own },
    ],
  );
  return {
    ...place,
    width,
    height,
    type: "metric",
    properties: {
      metrics,
      title,
      period: periodSeconds,
      region,
      view: "timeSeries",
      stacked: false,
    },
  };
}
