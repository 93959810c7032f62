import { formatArn } from "../../arn.ts";
import {
  anything,
  flag,
  json,
  list,
  map,
  number,
  region,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import {
  listedType,
  type ResourceType,
  resourceType,
} from "../../provider/declaration/resourceType.ts";
import type { AlarmDefinition } from "./alarms/alarm.ts";

const actions = list(text());

const alarmInputs = {
  actionsEnabled: flag({ default: true }),
  alarmActions: actions,
  alarmDescription: text(),
  comparisonOperator: text(),
  datapointsToAlarm: number(),
  dimensions: map(text()),
  evaluateLowSampleCountPercentiles: text({ computed: true }),
  evaluationPeriods: number(),
  extendedStatistic: text(),
  insufficientDataActions: actions,
  metricName: text(),
  metricQueries: anything(),
  name: text(replaces),
  namespace: text(),
  okActions: actions,
  period: number(),
  region,
  statistic: text(),
  tags,
  threshold: number(),
  thresholdMetricId: text(),
  treatMissingData: text({ default: "missing" }),
  unit: text(),
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function alarmDefinition(inputs: Values<typeof alarmInputs>): AlarmDefinition {
  const { name = "", namespace, metricName, dimensions = {}, evaluationPeriods = 1 } = inputs;
  return {
    name,
    description: inputs.alarmDescription,
    metric:
      namespace === undefined || metricName === undefined
        ? undefined
        : { namespace, name: metricName, dimensions },
    statistic: inputs.statistic ?? inputs.extendedStatistic ?? "",
    period: inputs.period ?? 60,
    evaluationPeriods,
    datapointsToAlarm: inputs.datapointsToAlarm ?? evaluationPeriods,
    threshold: inputs.threshold ?? 0,
    comparison: inputs.comparisonOperator ?? "",
    treatMissingData: inputs.treatMissingData,
    actions: {
      enabled: inputs.actionsEnabled,
      alarm: inputs.alarmActions ?? [],
      ok: inputs.okActions ?? [],
      insufficientData: inputs.insufficientDataActions ?? [],
    },
  };
}

export const cloudwatch: readonly ResourceType[] = [
  resourceType({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    listed: "alarms notify on AWS only: DescribeAlarms has their states here",
    transient: true,
    inputs: alarmInputs,
    name: { input: "name", maximum: 255 },
    computed: ["arn"],
    create: ({ alarms }, inputs) => {
      alarms.put(alarmDefinition(inputs));
      return inputs.name ?? "";
    },
    update: ({ alarms }, _name, inputs) => alarms.put(alarmDefinition(inputs)),
    delete: ({ alarms }, name) => alarms.delete(name),
    outputs: (cloud, name) => ({ arn: formatArn("cloudwatch", cloud.region, `alarm:${name}`) }),
  }),
  listedType({
    type: "aws:cloudwatch/dashboard:Dashboard",
    listed: "the local console takes the place of dashboards",
    inputs: { dashboardBody: json(required), dashboardName: text(requiredReplaces), region },
    computed: ["dashboardArn"],
    id: ({ dashboardName }) => String(dashboardName),
    outputs: (_cloud, name) => ({
      dashboardArn: formatArn("cloudwatch", "", `dashboard/${name}`),
    }),
  }),
  listedType({
    type: "aws:xray/resourcePolicy:ResourcePolicy",
    listed: "X-Ray traces messages on AWS only",
    inputs: {
      bypassPolicyLockoutCheck: flag(),
      policyDocument: json(required),
      policyName: text(requiredReplaces),
      policyRevisionId: text({ computed: true }),
      region,
    },
    computed: ["lastUpdatedTime"],
    id: ({ policyName }) => String(policyName),
    outputs: () => ({ lastUpdatedTime: "1970-01-01T00:00:00Z" }),
  }),
];
