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
} from "../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../provider/declaration/resourceType.ts";

const actions = list(text());

/** What watches the systems on AWS. Here the console shows it all, and nothing is measured. */
export const watching: readonly ResourceType[] = [
  listedType({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    listed: "nothing is measured locally: the console shows what happens",
    inputs: {
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
    },
    name: { input: "name", maximum: 255 },
    computed: ["arn"],
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
