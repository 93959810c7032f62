import { formatArn } from "../../arn.ts";
import { anything, region, replaces, required, text } from "../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../provider/declaration/resourceType.ts";

/** Parts of other services that have no effect in the local cloud: accepted, with their effect on AWS only. */
export const others: readonly ResourceType[] = [
  listedType({
    type: "aws:iam/group:Group",
    listed: "groups of users count on AWS only",
    inputs: {
      name: text(replaces),
      path: anything({ computed: true }),
    },
    name: { input: "name", maximum: 128 },
    computed: ["arn", "uniqueId"],
    outputs: (cloud, id) => ({ arn: formatArn("iam", cloud.region, `group/${id}`), uniqueId: "" }),
  }),
  listedType({
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    listed: "nothing is measured locally",
    inputs: {
      applyOnTransformedLogs: anything({ computed: true }),
      logGroupName: anything(required),
      metricTransformation: anything(required),
      name: text(replaces),
      pattern: anything(required),
      region,
    },
    name: { input: "name", maximum: 128 },
  }),
  listedType({
    type: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    listed: "local functions start when they are needed",
    inputs: {
      functionName: anything(required),
      provisionedConcurrentExecutions: anything(required),
      qualifier: anything(required),
      region,
      skipDestroy: anything({ computed: true }),
    },
  }),
];
