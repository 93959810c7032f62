import * as v from "valibot";
import { formatArn } from "../../../arn.ts";
import type { Operations } from "../../../protocol/call.ts";
import { parseInput } from "../../../protocol/input.ts";
import { pageOf } from "../../../protocol/page.ts";
import type { AlarmDefinition, AlarmState } from "../alarms/alarm.ts";
import { dimensionList, number } from "./members.ts";
import { invalidToken } from "./metricRules.ts";
import type { CloudWatchOptions } from "./options.ts";

const alarmsInput = v.strictObject({
  AlarmNames: v.optional(v.array(v.string())),
  AlarmNamePrefix: v.optional(v.string(), ""),
  AlarmTypes: v.optional(v.array(v.string()), ["MetricAlarm"]),
  ChildrenOfAlarmName: v.optional(v.string()),
  ParentsOfAlarmName: v.optional(v.string()),
  StateValue: v.optional(v.string()),
  ActionPrefix: v.optional(v.string()),
  MaxRecords: v.optional(v.pipe(number, v.integer(), v.minValue(1), v.maxValue(100)), 100),
  NextToken: v.optional(v.string()),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export function alarmOperations({
  alarms,
  measure,
  region,
  now,
}: Pick<CloudWatchOptions, "alarms" | "measure" | "region" | "now">): Operations {
  return {
    DescribeAlarms: (input) => {
      const given = parseInput(alarmsInput, input);
      const { AlarmNames, AlarmNamePrefix, StateValue, ActionPrefix } = given;
      measure();
      const found = alarms
        .list()
        .filter(() => given.AlarmTypes.includes("MetricAlarm"))
        .filter(({ name }) => AlarmNames?.includes(name) ?? name.startsWith(AlarmNamePrefix))
        .filter(
          ({ actions }) =>
            ActionPrefix === undefined ||
            Object.values(actions)
              .flat()
              .some((each) => String(each).startsWith(ActionPrefix)),
        )
        .map((alarm) => ({ alarm, state: alarms.state(alarm) }))
        .filter(({ state }) => StateValue === undefined || state.value === StateValue);
      const page = pageOf(found, given.NextToken, given.MaxRecords, invalidToken);
      return {
        MetricAlarms: page.items.map(({ alarm, state }) => describe(alarm, state, region, now())),
        CompositeAlarms: [],
        NextToken: page.NextToken,
      };
    },
  };
}

function describe(alarm: AlarmDefinition, state: AlarmState, region: string, now: number): object {
  const { metric, actions } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmArn: formatArn("cloudwatch", region, `alarm:${alarm.name}`),
    AlarmDescription: alarm.description,
    ActionsEnabled: actions.enabled,
    OKActions: actions.ok,
    AlarmActions: actions.alarm,
    InsufficientDataActions: actions.insufficientData,
    StateValue: state.value,
    StateReason: state.reason,
    StateUpdatedTimestamp: new Date(now),
    ...(metric && {
      MetricName: metric.name,
      Namespace: metric.namespace,
      Dimensions: dimensionList(metric.dimensions),
    }),
    [/^p\d/.test(alarm.statistic) ? "ExtendedStatistic" : "Statistic"]: alarm.statistic,
    Period: alarm.period,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissingData,
  };
}
