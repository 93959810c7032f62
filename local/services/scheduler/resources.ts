import { parseArn } from "../../../aws/arn.ts";
import { isScheduleExpression, onceAt } from "../../../aws/scheduleExpression.ts";
import { isTimeZone } from "../../../aws/timeZone.ts";
import { account } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { oneOf } from "../../provider/declaration/checks.ts";
import {
  json,
  listed,
  number,
  object,
  region,
  replaces,
  required,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import type { PropertyValue } from "../../pulumi/values/propertyValue.ts";
import { isoSeconds } from "../../time/isoSeconds.ts";
import { defaultGroup } from "./scheduleGroups.ts";

/** Within a flexible window the scheduler chooses the time. */
const atOnce = "local targets are called at the start of the window";

function isExpression(value: PropertyValue): string | undefined {
  const text = String(value);
  if (isScheduleExpression(text) || onceAt(text) !== undefined) return undefined;
  return `scheduleExpression must be like rate(5 minutes), cron(0 12 * * ? *) without L, W and #, or at(2026-11-29T10:00:00), got ${text}`;
}

function isTime(value: PropertyValue, property: string): string | undefined {
  return Number.isNaN(Date.parse(String(value)))
    ? `expected ${property} to be a time such as 2026-11-29T10:00:00Z, got ${String(value)}`
    : undefined;
}

function isZone(value: PropertyValue, property: string): string | undefined {
  return isTimeZone(String(value))
    ? undefined
    : `expected ${property} to be a time zone such as Europe/Berlin, got ${String(value)}`;
}

const inputs = {
  description: text(),
  endDate: text({ check: isTime }),
  flexibleTimeWindow: object(
    {
      maximumWindowInMinutes: listed(number(), atOnce),
      mode: text({ required: true, check: oneOf("OFF", "FLEXIBLE") }),
    },
    required,
  ),
  groupName: text({ computed: true, replaces: true }),
  name: text({ replaces: true, conflicts: ["namePrefix"] }),
  namePrefix: text(replaces),
  region,
  scheduleExpression: text({ required: true, check: isExpression }),
  scheduleExpressionTimezone: text({ default: "UTC", check: isZone }),
  startDate: text({ check: isTime }),
  state: text({ default: "ENABLED", check: oneOf("ENABLED", "DISABLED") }),
  target: object(
    {
      arn: text(required),
      eventbridgeParameters: object({ detailType: text(required), source: text(required) }),
      kinesisParameters: object({ partitionKey: text(required) }),
      deadLetterConfig: object({ arn: text(required) }),
      input: json(),
      retryPolicy: listed(
        object({ maximumEventAgeInSeconds: number(), maximumRetryAttempts: number() }),
        "local functions take every event at once",
      ),
      roleArn: text(required),
      sqsParameters: object({ messageGroupId: text() }),
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
    return `${given.groupName ?? defaultGroup}/${given.name}`;
  },
  update: (cloud, _id, given) => {
    cloud.schedules.delete(given.name ?? "", given.groupName);
    make(cloud, given);
  },
  delete: ({ schedules }, _id, { name = "", groupName }) => schedules.delete(name, groupName),
  outputs: (cloud, id) => ({ arn: `arn:aws:scheduler:${cloud.region}:${account}:schedule/${id}` }),
});

function make(cloud: Cloud, given: Values<typeof inputs>): void {
  const { name = "", scheduleExpression: expression, target, startDate, endDate } = given;
  const { arn, roleArn, input } = target;
  requireTrust(cloud, roleArn);
  if (parseArn(arn)?.service === "lambda") cloud.functions.get(arn);
  cloud.schedules.create(name, {
    group: given.groupName,
    expression,
    timeZone: given.scheduleExpressionTimezone,
    start: startDate === undefined ? undefined : Date.parse(startDate),
    end: endDate === undefined ? undefined : Date.parse(endDate),
    enabled: given.state === "ENABLED",
    target: {
      ...{ arn, roleArn, input, groupId: target.sqsParameters?.messageGroupId },
      event: target.eventbridgeParameters,
      partitionKey: target.kinesisParameters?.partitionKey,
      deadLetterArn: target.deadLetterConfig?.arn,
    },
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

const scheduleGroup = resourceType({
  type: "aws:scheduler/scheduleGroup:ScheduleGroup",
  inputs: {
    name: text({ replaces: true, conflicts: ["namePrefix"] }),
    namePrefix: text(replaces),
    region,
    tags,
  },
  name: { input: "name", maximum: 64, prefixInput: "namePrefix" },
  computed: ["arn", "creationDate", "lastModificationDate", "state"],
  transient: true,
  create: ({ schedules }, { name = "" }) => schedules.groups.create(name).name,
  update: () => {},
  delete: ({ schedules }, name) => schedules.deleteGroup(name),
  read: ({ schedules }, name) => {
    const group = schedules.groups.find(name);
    if (group === undefined) return undefined;
    const created = isoSeconds(group.created);
    const dates = { creationDate: created, lastModificationDate: created };
    return { arn: group.arn, name, state: "ACTIVE", ...dates };
  },
});

export const scheduler: readonly ResourceType[] = [scheduleGroup, schedule];
