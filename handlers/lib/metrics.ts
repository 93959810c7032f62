import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** What came of a message: dealt with, looked at and left alone on purpose, or failed. */
export type Count = "handled" | "skipped" | "failed";

/**
 * Counts of messages in CloudWatch's embedded format: they go with the log, so that no call is made and
 * no right is needed. In the namespace `Fanout`, by the function's name as `service`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
const metrics = new Metrics({
  namespace: "Fanout",
  serviceName: process.env.POWERTOOLS_SERVICE_NAME ?? process.env.AWS_LAMBDA_FUNCTION_NAME ?? "",
});

export function count(what: Count): void {
  metrics.addMetric(what, MetricUnit.Count, 1);
}

/** Writes what was counted since the last time; nothing when nothing was. */
export function publishCounts(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
