import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Consumer } from "../consumers/consumerBase.ts";
import type { TopicReference } from "../topic/topicReference.ts";

/** A topic and its consumers, by name. */
export type Monitored = {
  readonly name: string;
  readonly topic: TopicReference;
  /** The region of an existing topic; undefined for a new one, which is in its provider's. */
  readonly region: Input<string> | undefined;
  readonly consumers: Readonly<Record<string, Consumer>>;
  /** Messages that the topic did not accept, by source. */
  readonly unpublishedQueues: Readonly<Record<string, aws.sqs.Queue>>;
  readonly tags: Record<string, Input<string>> | undefined;
};

/**
 * A metric of CloudWatch, by AWS's names.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export type MetricSource = {
  readonly namespace: "AWS/SQS" | "AWS/SNS" | "AWS/Lambda";
  readonly name: string;
  readonly statistic: "Sum" | "Maximum" | "Average";
  readonly dimensions: Readonly<Record<string, Input<string>>>;
  /** Undefined in the topic's region. */
  readonly region: Input<string> | undefined;
};

export function ofQueue(queueName: Input<string>, region?: Input<string>) {
  const metric = metricsOf("AWS/SQS", { QueueName: queueName }, region);
  return {
    visible: metric("ApproximateNumberOfMessagesVisible", "Maximum"),
    inFlight: metric("ApproximateNumberOfMessagesNotVisible", "Maximum"),
    /** Seconds. On a standard queue, messages that were received three times or more do not count. */
    oldest: metric("ApproximateAgeOfOldestMessage", "Maximum"),
    /** Of fair queues: groups with a disproportionate share, and the messages of all others. */
    noisyGroups: metric("ApproximateNumberOfNoisyGroups", "Maximum"),
    quiet: {
      visible: metric("ApproximateNumberOfMessagesVisibleInQuietGroups", "Maximum"),
      /** Seconds. */
      oldest: metric("ApproximateAgeOfOldestMessageInQuietGroups", "Maximum"),
    },
  };
}

/** The name of a FIFO topic includes `.fifo`. SNS does not report failures by subscription. */
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

export function ofFunction(functionName: Input<string>, region?: Input<string>) {
  const metric = metricsOf("AWS/Lambda", { FunctionName: functionName }, region);
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
  region?: Input<string>,
): (name: string, statistic: MetricSource["statistic"]) => MetricSource {
  return (name, statistic) => ({ namespace, name, statistic, dimensions, region });
}
