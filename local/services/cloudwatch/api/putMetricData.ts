import * as v from "valibot";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import { parseInput } from "../../../protocol/input.ts";
import type { Metrics } from "../metrics.ts";
import { dimensions, flag, metricId, number, timestamp } from "./members.ts";

const datumInput = v.strictObject({
  MetricName: v.string(),
  Dimensions: v.optional(dimensions, []),
  Timestamp: v.optional(timestamp),
  Value: v.optional(number),
  Values: v.optional(v.array(number)),
  Counts: v.optional(v.array(number)),
  StatisticValues: v.optional(v.unknown()),
  Unit: v.optional(v.string()),
  StorageResolution: v.optional(number),
});

const putInput = v.strictObject({
  Namespace: v.string(),
  MetricData: v.array(datumInput),
  StrictEntityValidation: v.optional(flag),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export function putMetricData(metrics: Metrics, input: unknown): object {
  const { Namespace, MetricData } = parseInput(putInput, input);
  if (Namespace.startsWith("AWS/")) {
    throw new AwsError(
      "InvalidParameterValue",
      "The value AWS/ for parameter Namespace is invalid.",
    );
  }
  const data = MetricData.map((datum) => ({ datum, values: valuesOf(datum) }));
  for (const { datum, values } of data) {
    const { Timestamp: time, Unit: unit } = datum;
    for (const [value, count] of values) {
      metrics.add(metricId({ ...datum, Namespace }), value, { time, count, unit });
    }
  }
  return {};
}

type Datum = v.InferOutput<typeof datumInput>;

/** Each value, and how often it was measured. */
function valuesOf({ Value, Values, Counts = [], StatisticValues }: Datum): [number, number][] {
  if (StatisticValues !== undefined) throw notSupported("StatisticValues of PutMetricData");
  if (Values !== undefined) return Values.map((value, index) => [value, Counts[index] ?? 1]);
  if (Value !== undefined) return [[Value, 1]];
  throw new AwsError(
    "MissingParameter",
    "At least one of the parameters MetricData.Value, MetricData.Values must be specified.",
  );
}
