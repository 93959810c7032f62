import { rateMilliseconds, ratePattern } from "../../../aws/scheduleExpression.ts";
import { account } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { onlyLocally, pattern } from "../../provider/declaration/checks.ts";
import {
  json,
  listed,
  number,
  object,
  region,
  replaces,
  required,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";

const inputs = {
  description: text(),
  flexibleTimeWindow: object(
    { mode: text({ required: true, check: onlyLocally("OFF") }) },
    required,
  ),
  groupName: text({ computed: true, replaces: true, check: onlyLocally("default") }),
  name: text({ replaces: true, conflicts: ["namePrefix"] }),
  namePrefix: text(replaces),
  region,
  scheduleExpression: text({
    required: true,
    check: pattern(
      ratePattern,
      "be like rate(5 minutes), the one kind of schedule that the local cloud has",
    ),
  }),
  scheduleExpressionTimezone: listed(text({ default: "UTC" }), "rates have no time zone"),
  state: text({ default: "ENABLED", check: onlyLocally("ENABLED") }),
  target: object(
    {
      arn: text(required),
      input: json(),
      retryPolicy: listed(
        object({ maximumEventAgeInSeconds: number(), maximumRetryAttempts: number() }),
        "local functions take every event at once",
      ),
      roleArn: text(required),
    },
    required,
  ),
};

const schedule = resourceType({
  type: "aws:scheduler/schedule:Schedule",
  inputs,
  name: { input: "name", maximum: 64, prefixInput: "namePrefix" },
  computed: ["arn"],
  transient: true,
  create: (cloud, given) => {
    make(cloud, given);
    return `default/${given.name}`;
  },
  update: (cloud, _id, given) => {
    cloud.schedules.delete(given.name ?? "");
    make(cloud, given);
  },
  delete: ({ schedules }, _id, { name = "" }) => schedules.delete(name),
  outputs: (cloud, id) => ({ arn: `arn:aws:scheduler:${cloud.region}:${account}:schedule/${id}` }),
});

function make(cloud: Cloud, { name = "", scheduleExpression, target }: Values<typeof inputs>) {
  const { arn, roleArn, input } = target;
  requireTrust(cloud, roleArn);
  cloud.schedules.create(name, {
    every: rateMilliseconds(scheduleExpression),
    functionArn: cloud.functions.get(arn).arn,
    roleArn,
    input,
  });
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html */
function requireTrust({ permissions }: Cloud, roleArn: string): void {
  const decision = permissions.assume(roleArn, "scheduler.amazonaws.com");
  if (decision.allowed) return;
  throw new AwsError(
    "ValidationException",
    `The execution role you provide must allow AWS EventBridge Scheduler to assume the role. (${decision.reason})`,
  );
}

export const scheduler: readonly ResourceType[] = [schedule];
