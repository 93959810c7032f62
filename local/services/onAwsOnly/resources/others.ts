import { formatArn } from "../../../arn.ts";
import {
  anything,
  region,
  replaces,
  required,
  tags,
  text,
} from "../../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../../provider/declaration/resourceType.ts";

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
    listed: "log lines are counted on AWS only",
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
    type: "aws:pipes/pipe:Pipe",
    listed: "pipes run on AWS only: messages stay in the queue that a pipe reads",
    inputs: {
      description: anything({ computed: true }),
      desiredState: anything({ computed: true }),
      enrichment: anything({ computed: true }),
      enrichmentParameters: anything({ computed: true }),
      kmsKeyIdentifier: anything({ computed: true }),
      logConfiguration: anything({ computed: true }),
      name: text({ replaces: true, conflicts: ["namePrefix"] }),
      namePrefix: text(replaces),
      region,
      roleArn: anything(required),
      source: anything({ required: true, replaces: true }),
      sourceParameters: anything({ computed: true }),
      tags,
      target: anything(required),
      targetParameters: anything({ computed: true }),
    },
    name: { input: "name", maximum: 64, prefixInput: "namePrefix" },
    computed: ["arn"],
    outputs: (cloud, id) => ({ arn: formatArn("pipes", cloud.region, `pipe/${id}`) }),
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
