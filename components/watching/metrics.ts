import type { Input } from "@pulumi/pulumi";

/**
 * What is measured, by AWS's names: alarms and dashboards look at the same.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export type MetricSource = {
  readonly namespace: "AWS/SQS" | "AWS/SNS" | "AWS/Lambda";
  readonly name: string;
  readonly statistic: "Sum" | "Maximum" | "Average";
  readonly dimensions: Readonly<Record<string, Input<string>>>;
};

type Statistic = MetricSource["statistic"];

/** Metrics of a queue, by its name. */
export function ofQueue(queueName: Input<string>) {
  const metric = (name: string, statistic: Statistic): MetricSource => ({
    namespace: "AWS/SQS",
    name,
    statistic,
    dimensions: { QueueName: queueName },
  });
  return {
    visible: metric("ApproximateNumberOfMessagesVisible", "Maximum"),
    inFlight: metric("ApproximateNumberOfMessagesNotVisible", "Maximum"),
    /** Seconds. On a standard queue without messages that were received three times or more. */
    oldest: metric("ApproximateAgeOfOldestMessage", "Maximum"),
  };
}

/** Metrics of a topic, by its name (of a FIFO topic with `.fifo`). Failures are not told apart by subscription. */
export function ofTopic(topicName: Input<string>) {
  const metric = (name: string): MetricSource => ({
    namespace: "AWS/SNS",
    name,
    statistic: "Sum",
    dimensions: { TopicName: topicName },
  });
  return {
    published: metric("NumberOfMessagesPublished"),
    delivered: metric("NumberOfNotificationsDelivered"),
    failed: metric("NumberOfNotificationsFailed"),
    filtered: metric("NumberOfNotificationsFilteredOut"),
    redriven: metric("NumberOfNotificationsRedrivenToDlq"),
    lost: metric("NumberOfNotificationsFailedToRedriveToDlq"),
  };
}

/** Metrics of a function, by its name. */
export function ofFunction(functionName: Input<string>) {
  const metric = (name: string, statistic: Statistic): MetricSource => ({
    namespace: "AWS/Lambda",
    name,
    statistic,
    dimensions: { FunctionName: functionName },
  });
  return {
    invocations: metric("Invocations", "Sum"),
    errors: metric("Errors", "Sum"),
    throttles: metric("Throttles", "Sum"),
    /** Milliseconds. */
    duration: metric("Duration", "Maximum"),
    concurrency: metric("ConcurrentExecutions", "Maximum"),
  };
}
