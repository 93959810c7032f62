import type { QueueCounts } from "../sqs/interface.ts";

export type Gauge = {
  readonly name: string;
  readonly value: number;
  readonly unit: "Count" | "Seconds";
};

/**
 * The state of a queue in SQS's metrics; those of quiet groups only of a standard queue with message groups.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function queueGauges({ fairness, ...all }: QueueCounts): Gauge[] {
  if (fairness === undefined) return gauges(all, "");
  const { noisyGroups: value, quiet } = fairness;
  return [
    ...gauges(all, ""),
    { name: "ApproximateNumberOfNoisyGroups", value, unit: "Count" },
    ...gauges(quiet, "InQuietGroups"),
  ];
}

function gauges(counts: Omit<QueueCounts, "fairness">, suffix: string): Gauge[] {
  const { visible, inFlight, delayed, oldestAgeSeconds = 0 } = counts;
  const messages = (name: string, value: number): Gauge => ({
    name: `ApproximateNumberOfMessages${name}${suffix}`,
    value,
    unit: "Count",
  });
  return [
    messages("Visible", visible),
    messages("NotVisible", inFlight),
    messages("Delayed", delayed),
    {
      name: `ApproximateAgeOfOldestMessage${suffix}`,
      value: oldestAgeSeconds,
      unit: "Seconds",
    },
  ];
}
