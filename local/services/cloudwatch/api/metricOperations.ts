import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Operations } from "../../../protocol/call.ts";
import { parseInput } from "../../../protocol/input.ts";
import { pageOf } from "../../../protocol/page.ts";
import type { MetricId } from "../metric.ts";
import { statistic } from "../statistics.ts";
import { dimensionList, dimensions, flag, metricId, number, timestamp } from "./members.ts";
import { metricData } from "./metricData.ts";
import { invalidToken, requirePeriod, requireRange, requireStatistic } from "./metricRules.ts";
import type { CloudWatchOptions } from "./options.ts";
import { putMetricData } from "./putMetricData.ts";

const listInput = v.strictObject({
  Namespace: v.optional(v.string()),
  MetricName: v.optional(v.string()),
  Dimensions: v.optional(
    v.array(v.strictObject({ Name: v.string(), Value: v.optional(v.string()) })),
    [],
  ),
  RecentlyActive: v.optional(v.literal("PT3H")),
  IncludeLinkedAccounts: v.optional(flag),
  NextToken: v.optional(v.string()),
});

const statisticsInput = v.strictObject({
  Namespace: v.string(),
  MetricName: v.string(),
  Dimensions: v.optional(dimensions, []),
  StartTime: timestamp,
  EndTime: timestamp,
  Period: number,
  Statistics: v.optional(v.array(v.string()), []),
  ExtendedStatistics: v.optional(v.array(v.string()), []),
  Unit: v.optional(v.string()),
});

const threeHours = 3 * 60 * 60_000;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
const mostDatapoints = 1440;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
const pageSize = 500;

export function metricOperations(options: CloudWatchOptions): Operations {
  const { metrics, measure, now } = options;
  return {
    GetMetricData: (input) => metricData(options, input),
    GetMetricStatistics: (input) => {
      const given = parseInput(statisticsInput, input);
      const names = [...given.Statistics, ...given.ExtendedStatistics];
      requireRange(given);
      requirePeriod(given.Period);
      names.forEach(requireStatistic);
      if (names.length === 0) {
        throw new AwsError(
          "InvalidParameterCombination",
          "Must specify either Statistics or ExtendedStatistics",
        );
      }
      measure();
      const period = given.Period * 1000;
      const series = metrics.find(metricId(given));
      const isUnit = given.Unit === undefined || given.Unit === series?.unit;
      const found =
        series && isUnit ? series.datapoints(given.StartTime, given.EndTime, period) : [];
      if (found.length > mostDatapoints) throw tooMany(found.length);
      return {
        Label: given.MetricName,
        Datapoints: found.map((datapoint) => ({
          Timestamp: new Date(datapoint.time),
          ...named(given.Statistics, (name) => statistic(name, datapoint)),
          ...(given.ExtendedStatistics.length > 0 && {
            ExtendedStatistics: named(given.ExtendedStatistics, (name) =>
              statistic(name, datapoint),
            ),
          }),
          Unit: series?.unit,
        })),
      };
    },
    ListMetrics: (input) => {
      const given = parseInput(listInput, input);
      measure();
      const found = metrics.list().filter(({ id }) => matches(id, given));
      const recent = found.filter(
        ({ latest = 0 }) => given.RecentlyActive === undefined || latest >= now() - threeHours,
      );
      const page = pageOf(recent, given.NextToken, pageSize, invalidToken);
      return {
        Metrics: page.items.map(({ id }) => ({
          Namespace: id.namespace,
          MetricName: id.name,
          Dimensions: dimensionList(id.dimensions),
        })),
        NextToken: page.NextToken,
      };
    },
    PutMetricData: (input) => putMetricData(metrics, input),
  };
}

type ListInput = v.InferOutput<typeof listInput>;

function matches(id: MetricId, { Namespace, MetricName, Dimensions }: ListInput): boolean {
  return (
    (Namespace === undefined || id.namespace === Namespace) &&
    (MetricName === undefined || id.name === MetricName) &&
    Dimensions.every(({ Name, Value }) => {
      const own = id.dimensions[Name];
      return own !== undefined && (Value === undefined || own === Value);
    })
  );
}

function named(
  names: readonly string[],
  statisticOf: (name: string) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, statisticOf(name)]));
}

function tooMany(datapoints: number): AwsError {
  return new AwsError(
    "InvalidParameterCombination",
    `You have requested up to ${datapoints} datapoints, which exceeds the limit of ${mostDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
  );
}
