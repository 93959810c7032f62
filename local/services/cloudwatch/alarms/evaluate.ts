import type { Metrics } from "../metrics.ts";
import { isStatistic, statistic } from "../statistics.ts";
import type { AlarmDefinition, AlarmState } from "./alarm.ts";

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/**
 * The state of an alarm by the latest periods, with the current one. A missing period counts as `treatMissingData`
 * says; an alarm whose periods are all missing keeps no earlier state here.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 *
 * @param now in milliseconds since 1970
 */
export function evaluate(alarm: AlarmDefinition, metrics: Metrics, now: number): AlarmState {
  const { metric, evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const breaches = comparisons[alarm.comparison];
  if (metric === undefined || breaches === undefined || !isStatistic(alarm.statistic)) {
    return insufficient("Metric math, anomalies and this statistic are evaluated on AWS only.");
  }
  const found = valuesOf({ ...alarm, metric }, metrics, now);
  const missing = evaluationPeriods - found.length;
  if (found.length === 0 && ["missing", "ignore"].includes(treatMissingData)) {
    return insufficient("Insufficient Data: no datapoints were received.");
  }
  const breaching = found.filter((value) => breaches(value, alarm.threshold)).length;
  const counted = breaching + (treatMissingData === "breaching" ? missing : 0);
  const values = `${found.length} datapoints (${found.join(", ")})`;
  const limit = `${comparisonInWords(alarm.comparison)} the threshold (${alarm.threshold})`;
  return counted >= datapointsToAlarm
    ? { value: "ALARM", reason: `Threshold Crossed: ${values}: ${counted} were ${limit}.` }
    : { value: "OK", reason: `Threshold not crossed: ${values}: ${counted} were ${limit}.` };
}

function insufficient(reason: string): AlarmState {
  return { value: "INSUFFICIENT_DATA", reason };
}

function valuesOf(
  {
    metric,
    statistic: name,
    period,
    evaluationPeriods,
  }: AlarmDefinition & { readonly metric: NonNullable<AlarmDefinition["metric"]> },
  metrics: Metrics,
  now: number,
): number[] {
  const milliseconds = period * 1000;
  const current = Math.floor(now / milliseconds) * milliseconds;
  const start = current - (evaluationPeriods - 1) * milliseconds;
  return metrics
    .datapoints(metric, start, now + 1, milliseconds)
    .map((datapoint) => statistic(name, datapoint));
}

function comparisonInWords(comparison: string): string {
  return comparison
    .replace(/ToThreshold$|Threshold$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
