import * as v from "valibot";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import { parseInput } from "../../../protocol/input.ts";
import { statistic } from "../statistics.ts";
import { dimensions, flag, metricId, number, timestamp } from "./members.ts";
import { requirePeriod, requireRange, requireStatistic } from "./metricRules.ts";
import type { CloudWatchOptions } from "./options.ts";

const queryInput = v.strictObject({
  Id: v.pipe(v.string(), v.regex(/^[a-z]\w*$/, "must begin with a lower-case letter")),
  MetricStat: v.optional(
    v.strictObject({
      Metric: v.strictObject({
        Namespace: v.string(),
        MetricName: v.string(),
        Dimensions: v.optional(dimensions, []),
      }),
      Period: number,
      Stat: v.string(),
      Unit: v.optional(v.string()),
    }),
  ),
  Expression: v.optional(v.string()),
  Label: v.optional(v.string()),
  Period: v.optional(number),
  ReturnData: v.optional(flag),
  AccountId: v.optional(v.string()),
});

const dataInput = v.strictObject({
  MetricDataQueries: v.array(queryInput),
  StartTime: timestamp,
  EndTime: timestamp,
  ScanBy: v.optional(v.picklist(["TimestampDescending", "TimestampAscending"])),
  MaxDatapoints: v.optional(number),
  NextToken: v.optional(v.string()),
  LabelOptions: v.optional(v.unknown()),
});

type Query = v.InferOutput<typeof queryInput>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const mostDatapoints = 100_800;

/** The values of several metrics, all in one page. */
export function metricData({ metrics, measure }: CloudWatchOptions, input: unknown): object {
  const given = parseInput(dataInput, input);
  requireRange(given);
  measure();
  const results = given.MetricDataQueries.filter(({ ReturnData }) => ReturnData !== false).map(
    (query) => {
      const { Metric, Period, Stat, Unit } = metricOf(query);
      const series = metrics.find(metricId(Metric));
      const isUnit = Unit === undefined || Unit === series?.unit;
      const period = Period * 1000;
      const found =
        series && isUnit ? series.datapoints(given.StartTime, given.EndTime, period) : [];
      const ordered = given.ScanBy === "TimestampAscending" ? found : found.reverse();
      return {
        Id: query.Id,
        Label: query.Label ?? Metric.MetricName,
        Timestamps: ordered.map(({ time }) => new Date(time)),
        Values: ordered.map((datapoint) => statistic(Stat, datapoint)),
        StatusCode: "Complete",
      };
    },
  );
  const total = results.reduce((sum, { Values }) => sum + Values.length, 0);
  if (total > Math.min(given.MaxDatapoints ?? mostDatapoints, mostDatapoints)) {
    throw notSupported(`${total} datapoints in one answer of GetMetricData; ask for fewer`);
  }
  return { MetricDataResults: results, Messages: [] };
}

function metricOf({ Id, MetricStat, Expression }: Query) {
  if (Expression !== undefined) throw notSupported(`the expression "${Expression}" of ${Id}`);
  if (MetricStat === undefined) {
    throw new AwsError(
      "ValidationError",
      `The parameter MetricDataQueries must have MetricStat or Expression for ${Id}.`,
    );
  }
  requirePeriod(MetricStat.Period);
  requireStatistic(MetricStat.Stat);
  return MetricStat;
}
