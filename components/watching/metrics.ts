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

/** Metrics of a queue, by its name. */
export function ofQueue(queueName: Input<string>) {
  const metric = metricsOf("AWS/SQS", { QueueName: queueName });
  return {
    visible: metric("ApproximateNumberOfMessagesVisible", "Maximum"),
    inFlight: metric("ApproximateNumberOfMessagesNotVisible", "Maximum"),
    /** Seconds. On a standard queue without messages that were received three times or more. */
    oldest: metric("ApproximateAgeOfOldestMessage", "Maximum"),
  };
}

/** Metrics of a topic, by its name (of a FIFO topic with `.fifo`). Failures are not told apart by subscription. */
export function ofTopic(topicName: Input<string>) {
  const metric = metricsOf("AWS/SNS", { TopicName: topicName });
  return {
    published: metric("NumberOfMessagesPublished", "Sum"),
    delivered: metric("NumberOfNotificationsDelivered", "Sum"),
    failed: metric("NumberOfNotificationsFailed", "Sum"),
    filtered: metric("NumberOfNotificationsFilteredOut", "Sum"),
    redriven: metric("NumberOfNotificationsRedrivenToDlq", "Sum"),
    lost: metric("NumberOfNotificationsFailedToRedriveToDlq", "Sum"),
  };
}

/** Metrics of a function, by its name. */
export function ofFunction(functionName: Input<string>) {
  const metric = metricsOf("AWS/Lambda", { FunctionName: functionName });
  return {
    invocations: metric("Invocations", "Sum"),
    errors: metric("Errors", "Sum"),
    throttles: metric("Throttles", "Sum"),
    /** Milliseconds. */
    duration: metric("Duration", "Maximum"),
  };
}

function metricsOf(
  namespace: MetricSource["namespace"],
  dimensions: MetricSource["dimensions"],
): (name: string, statistic: MetricSource["statistic"]) => MetricSource {
  return (name, statistic) => ({ namespace, name, statistic, dimensions });
}
