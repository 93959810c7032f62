import { isScheduleExpression } from "../../../aws/scheduleExpression.ts";
import type { Cloud } from "../../cloud.ts";
import { oneOf, onlyLocally } from "../../provider/declaration/checks.ts";
import {
  anything,
  type Check,
  flag,
  json,
  listed,
  map,
  number,
  object,
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
import { busNamed, defaultBus } from "./busName.ts";
import type { Target } from "./rule.ts";

const eventBus = resourceType({
  type: "aws:cloudwatch/eventBus:EventBus",
  inputs: {
    description: text(),
    kmsKeyIdentifier: listed(text(), "events are encrypted on AWS only"),
    name: text(replaces),
    region,
    tags,
  },
  name: { input: "name", maximum: 256 },
  computed: ["arn"],
  transient: true,
  create: ({ events }, { name = "", description }) => {
    events.addBus(name, description);
    return name;
  },
  update: () => {},
  delete: ({ events }, name) => events.removeBus(name),
  read: ({ events }, name) => events.findBus(name) && { name, arn: events.busArn(name) },
});

const isSchedule: Check = (value, property) =>
  typeof value === "string" && isScheduleExpression(value)
    ? undefined
    : `${property} must be like rate(5 minutes) or cron(0 12 * * ? *), without L, W and #, got ${String(value)}`;

const ruleInputs = {
  description: text(),
  eventBusName: text({ default: defaultBus, replaces: true }),
  eventPattern: json(),
  forceDestroy: flag({ default: false }),
  isEnabled: flag({ computed: true }),
  name: text({ replaces: true, conflicts: ["namePrefix"] }),
  namePrefix: text(replaces),
  region,
  roleArn: listed(text(), "local targets let EventBridge in by their own policies"),
  scheduleExpression: text({ check: isSchedule }),
  state: text({ computed: true, check: oneOf("ENABLED", "DISABLED") }),
  tags,
};

const eventRule = resourceType({
  type: "aws:cloudwatch/eventRule:EventRule",
  inputs: ruleInputs,
  name: { input: "name", maximum: 64, prefixInput: "namePrefix" },
  computed: ["arn"],
  transient: true,
  create: (cloud, inputs) => {
    const { arn } = putRule(cloud, inputs);
    return arn.slice(arn.indexOf(":rule/") + ":rule/".length);
  },
  update: (cloud, _id, inputs) => {
    putRule(cloud, inputs);
  },
  delete: ({ events }, _id, { name = "", eventBusName }) =>
    events.removeRule(events.ruleArn(name, busNamed(eventBusName))),
  read: ({ events }, id) => {
    const [name = "", bus = defaultBus] = id.split("/").reverse();
    const rule = events.findRule(events.ruleArn(name, bus));
    if (rule === undefined) return undefined;
    const { pattern, schedule } = rule;
    return {
      arn: rule.arn,
      name,
      state: rule.enabled ? "ENABLED" : "DISABLED",
      ...(pattern !== undefined && { eventPattern: pattern }),
      ...(schedule !== undefined && { scheduleExpression: schedule }),
    };
  },
});

function putRule({ events }: Cloud, inputs: Values<typeof ruleInputs>) {
  const { name = "", eventBusName, eventPattern, scheduleExpression, isEnabled, state } = inputs;
  return events.putRule({
    name,
    bus: busNamed(eventBusName),
    pattern: eventPattern,
    schedule: scheduleExpression,
    enabled: isEnabled !== false && state !== "DISABLED",
    description: inputs.description,
  });
}

const targetInputs = {
  arn: text(required),
  deadLetterConfig: object({ arn: text() }),
  eventBusName: text({ default: defaultBus, replaces: true }),
  forceDestroy: flag({ default: false }),
  input: json({ conflicts: ["inputPath", "inputTransformer"] }),
  inputPath: text({ conflicts: ["inputTransformer"] }),
  inputTransformer: object({ inputPaths: map(text()), inputTemplate: text(required) }),
  region,
  retryPolicy: listed(
    object({ maximumEventAgeInSeconds: number(), maximumRetryAttempts: number() }),
    "local targets take every event, or deny it for good",
  ),
  kinesisTarget: object({ partitionKeyPath: text() }),
  roleArn: text(),
  rule: text(requiredReplaces),
  sqsTarget: object({ messageGroupId: text() }),
  targetId: text(replaces),
};

const eventTarget = resourceType({
  type: "aws:cloudwatch/eventTarget:EventTarget",
  inputs: targetInputs,
  name: { input: "targetId", maximum: 64 },
  transient: true,
  create: (cloud, inputs) => {
    cloud.events.putTarget(ruleArnOf(cloud, inputs), targetOf(inputs));
    return `${ruleNameOf(inputs.rule)}-${inputs.targetId}`;
  },
  update: (cloud, _id, inputs) =>
    cloud.events.putTarget(ruleArnOf(cloud, inputs), targetOf(inputs)),
  delete: (cloud, _id, inputs) =>
    cloud.events.removeTarget(ruleArnOf(cloud, inputs), inputs.targetId ?? ""),
});

type TargetInputs = Values<typeof targetInputs>;

function ruleArnOf({ events }: Cloud, { rule, eventBusName }: TargetInputs): string {
  return events.ruleArn(ruleNameOf(rule), busNamed(eventBusName));
}

/** A rule is named by its name, or by its id, which begins with a bus of its own. */
function ruleNameOf(rule: string): string {
  return rule.slice(rule.lastIndexOf("/") + 1);
}

function targetOf(inputs: TargetInputs): Target {
  const {
    targetId = "",
    arn,
    input,
    inputPath,
    inputTransformer,
    kinesisTarget,
    roleArn,
    sqsTarget,
    deadLetterConfig,
  } = inputs;
  return {
    id: targetId,
    arn,
    input,
    inputPath,
    ...(inputTransformer !== undefined && {
      transformer: {
        paths: inputTransformer.inputPaths ?? {},
        template: inputTransformer.inputTemplate,
      },
    }),
    roleArn,
    partitionKeyPath: kinesisTarget?.partitionKeyPath,
    groupId: sqsTarget?.messageGroupId,
    deadLetterArn: deadLetterConfig?.arn,
  };
}

const eventPermission = listedType({
  type: "aws:cloudwatch/eventPermission:EventPermission",
  listed: "other accounts and organizations send events on AWS only",
  inputs: {
    action: text({ default: "events:PutEvents", check: onlyLocally("events:PutEvents") }),
    condition: anything(),
    eventBusName: text({ default: defaultBus, replaces: true }),
    principal: text(required),
    region,
    statementId: text(requiredReplaces),
  },
  id: ({ eventBusName, statementId }) => `${String(eventBusName)}/${String(statementId)}`,
});

export const events: readonly ResourceType[] = [eventBus, eventRule, eventTarget, eventPermission];
