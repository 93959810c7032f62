import { formatArn } from "../../arn.ts";
import { flag, number, region, replaces, tags, text } from "../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../provider/declaration/resourceType.ts";

const ofFunctions = "functions write their own log, of which the latest lines are kept";

export const logs: readonly ResourceType[] = [
  listedType({
    type: "aws:cloudwatch/logGroup:LogGroup",
    listed: ofFunctions,
    inputs: {
      kmsKeyId: text(),
      logGroupClass: text({ computed: true, replaces: true }),
      name: text({ replaces: true, conflicts: ["namePrefix"] }),
      namePrefix: text(replaces),
      region,
      retentionInDays: number({ default: 0 }),
      skipDestroy: flag({ default: false }),
      tags,
    },
    name: { input: "name", maximum: 512, prefixInput: "namePrefix" },
    computed: ["arn"],
    outputs: (cloud, name) => ({ arn: formatArn("logs", cloud.region, `log-group:${name}`) }),
  }),
  listedType({
    type: "aws:cloudwatch/logStream:LogStream",
    listed: ofFunctions,
    inputs: {
      logGroupName: text({ required: true, replaces: true }),
      name: text(replaces),
      region,
    },
    name: { input: "name", maximum: 512 },
    computed: ["arn"],
    outputs: (cloud, name, { logGroupName }) => ({
      arn: formatArn("logs", cloud.region, `log-group:${logGroupName}:log-stream:${name}`),
    }),
  }),
  listedType({
    type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    listed: "log lines are sent on by AWS only",
    inputs: {
      destinationArn: text({ required: true, replaces: true }),
      distribution: text({ default: "ByLogStream" }),
      filterPattern: text({ required: true }),
      logGroup: text({ required: true, replaces: true }),
      name: text(replaces),
      region,
      roleArn: text({ computed: true }),
    },
    name: { input: "name", maximum: 512 },
  }),
];
