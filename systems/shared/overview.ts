import * as aws from "@pulumi/aws";
import * as cloudwatch from "@pulumi/awsx/classic/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import type { SystemOutputs } from "./system.ts";

/** Half of CloudWatch's grid, which has 24 columns. */
const width = 12;
const height = 6;

/**
 * One dashboard for the whole stack: what the topics publish and fail to deliver, which messages wait, and
 * which have ended in a dead-letter queue.
 *
 * @param systems outputs by system
 */
export function createOverview(
  systems: Readonly<Record<string, SystemOutputs>>,
): cloudwatch.Dashboard | undefined {
  const all = Object.entries(systems);
  const topics = all.map(([name, { topicArn }]) => ({ label: name, topic: nameOf(topicArn) }));
  const consumers = all.flatMap(([system, { consumers }]) =>
    Object.entries(consumers).map(([name, outputs]) => ({ label: `${system} ${name}`, outputs })),
  );
  const [, first] = all[0] ?? [];
  if (first === undefined) return undefined;
  const name = `${pulumi.getProject()}-${pulumi.getStack()}`;
  return new cloudwatch.Dashboard("overview", {
    name,
    region: first.topicArn.apply((arn) => knownRegion(arnParts(arn).region)),
    widgets: [
      ...row(
        ["published", topics.map(ofTopic("NumberOfMessagesPublished"))],
        ["not delivered", topics.map(ofTopic("NumberOfNotificationsFailed"))],
      ),
      ...row(
        ["waiting", consumers.flatMap(({ label, outputs }) => waiting(label, outputs.queueUrl))],
        [
          "dead letters",
          consumers.flatMap(({ label, outputs }) => waiting(label, outputs.deadLetterQueueUrl)),
        ],
      ),
    ],
  });
}

function ofTopic(metric: string) {
  return ({ label, topic }: { readonly label: string; readonly topic: pulumi.Output<string> }) =>
    new cloudwatch.Metric({
      ...{ namespace: "AWS/SNS", name: metric, statistic: "Sum", label },
      dimensions: { TopicName: topic },
    });
}

/** The visible messages of a queue. */
function waiting(label: string, url: pulumi.Output<string> | undefined): cloudwatch.Metric[] {
  if (url === undefined) return [];
  return [
    new cloudwatch.Metric({
      ...{ namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", label },
      statistic: "Maximum",
      dimensions: { QueueName: url.apply((known) => known.slice(known.lastIndexOf("/") + 1)) },
    }),
  ];
}

/** Consumers may have no queues at all, and a graph without metrics is invalid. */
function row(
  ...graphs: readonly (readonly [title: string, metrics: cloudwatch.Metric[]])[]
): cloudwatch.RowWidget[] {
  const drawn = graphs
    .filter(([, metrics]) => metrics.length > 0)
    .map(
      ([title, metrics]) => new cloudwatch.LineGraphMetricWidget({ title, width, height, metrics }),
    );
  return drawn.length === 0 ? [] : [new cloudwatch.RowWidget(...drawn)];
}

function nameOf(arn: pulumi.Output<string>): pulumi.Output<string> {
  return arn.apply((known) => arnParts(known).resource);
}

/** awsx accepts only the regions that @pulumi/aws lists. @throws RunError for any other region */
function knownRegion(region: string): aws.Region {
  const found = Object.values(aws.Region).find((each) => each === region);
  if (found !== undefined) return found;
  throw new pulumi.RunError(
    `the overview's region ${region} is not known to @pulumi/aws; set fanout:dashboards to false`,
  );
}
