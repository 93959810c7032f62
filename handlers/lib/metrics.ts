import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** The result of a message. `skipped` means left alone on purpose. */
export type Count = "handled" | "skipped" | "failed";

/**
 * Counts messages in CloudWatch's embedded metric format: counts are part of the log, so that no call and no
 * permission is needed. The namespace is `Fanout`, the dimension `service` is the function's name.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
const metrics = new Metrics({
  namespace: "Fanout",
  serviceName: process.env.POWERTOOLS_SERVICE_NAME ?? process.env.AWS_LAMBDA_FUNCTION_NAME ?? "",
});

export function count(what: Count): void {
  metrics.addMetric(what, MetricUnit.Count, 1);
}

/** Writes the counts since the last call, if there are any. */
export function publishCounts(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
