import * as v from "valibot";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Operations } from "../../../protocol/call.ts";
import { violation } from "../../../protocol/constraint.ts";
import { parseInput } from "../../../protocol/input.ts";
import { pageOf } from "../../../protocol/page.ts";
import type { Target } from "../rule.ts";
import { allowedRule, type EventsServiceOptions, listing } from "./options.ts";

/** Local targets take every event, or deny it for good. */
const withoutEffect = { RetryPolicy: v.optional(v.unknown()) };

const members = {
  Id: v.pipe(v.string(), v.maxLength(64)),
  Arn: v.string(),
  DeadLetterConfig: v.optional(v.object({ Arn: v.optional(v.string()) })),
  Input: v.optional(v.string()),
  InputPath: v.optional(v.string()),
  InputTransformer: v.optional(
    v.object({
      InputPathsMap: v.optional(v.record(v.string(), v.string()), {}),
      InputTemplate: v.string(),
    }),
  ),
  KinesisParameters: v.optional(v.object({ PartitionKeyPath: v.string() })),
  RoleArn: v.optional(v.string()),
  SqsParameters: v.optional(v.object({ MessageGroupId: v.optional(v.string()) })),
  ...withoutEffect,
};

const target = v.looseObject(members);
const rule = { Rule: v.string(), EventBusName: v.optional(v.string()) };
const putInput = v.object({ ...rule, Targets: v.array(v.looseObject({ Id: v.string() })) });
const removeInput = v.object({ ...rule, Ids: v.array(v.string()) });
const listInput = v.object({ ...rule, NextToken: listing.NextToken, Limit: listing.Limit });

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const mostTargets = 5;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
export function targetOperations(options: EventsServiceOptions): Operations {
  const { buses } = options;
  return {
    PutTargets: (given, call) => {
      const { Rule: Name, EventBusName, Targets } = parseInput(putInput, given);
      const { arn } = allowedRule(options, call, "PutTargets", { Name, EventBusName });
      const targets = Targets.map((each, index) => readTarget(each, index));
      const ids = [...buses.targets(arn), ...targets].map(({ id }) => id);
      if (new Set(ids).size > mostTargets) {
        throw new AwsError(
          "LimitExceededException",
          "The requested resource exceeds the maximum number allowed.",
        );
      }
      for (const each of targets) buses.putTarget(arn, each);
      return noneFailed;
    },
    RemoveTargets: (given, call) => {
      const { Rule: Name, EventBusName, Ids } = parseInput(removeInput, given);
      const { arn } = allowedRule(options, call, "RemoveTargets", { Name, EventBusName });
      for (const id of Ids) buses.removeTarget(arn, id);
      return noneFailed;
    },
    ListTargetsByRule: (given, call) => {
      const { Rule: Name, EventBusName, NextToken: token, Limit } = parseInput(listInput, given);
      const { arn } = allowedRule(options, call, "ListTargetsByRule", { Name, EventBusName });
      const { items, NextToken } = pageOf(buses.targets(arn), token, Limit);
      return { Targets: items.map(described), NextToken };
    },
  };
}

const noneFailed = { FailedEntryCount: 0, FailedEntries: [] };

/** @throws AwsError ValidationException, NotImplemented */
function readTarget(given: { readonly Id: string }, index: number): Target {
  checkId(given.Id, index);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) throw notSupported(`${unknown} of a target in PutTargets`);
  const read = parseInput(target, given);
  const { Id: id, Arn: arn, Input: input, InputPath: inputPath, InputTransformer } = read;
  return {
    id,
    arn,
    input,
    inputPath,
    transformer: InputTransformer && {
      paths: InputTransformer.InputPathsMap,
      template: InputTransformer.InputTemplate,
    },
    roleArn: read.RoleArn,
    partitionKeyPath: read.KinesisParameters?.PartitionKeyPath,
    groupId: read.SqsParameters?.MessageGroupId,
    deadLetterArn: read.DeadLetterConfig?.Arn,
  };
}

function checkId(id: string, index: number): void {
  const constraint = !/^[.\-_A-Za-z0-9]+$/.test(id)
    ? "satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"
    : id.length > 64
      ? "have length less than or equal to 64"
      : undefined;
  if (constraint === undefined) return;
  throw violation(`targets.${index + 1}.member.id`, id, constraint);
}

function described(each: Target) {
  const { id, arn, input, inputPath, transformer, groupId, deadLetterArn } = each;
  const { roleArn, partitionKeyPath } = each;
  return {
    Id: id,
    Arn: arn,
    Input: input,
    InputPath: inputPath,
    InputTransformer: transformer && {
      InputPathsMap: transformer.paths,
      InputTemplate: transformer.template,
    },
    RoleArn: roleArn,
    KinesisParameters:
      partitionKeyPath === undefined ? undefined : { PartitionKeyPath: partitionKeyPath },
    SqsParameters: groupId === undefined ? undefined : { MessageGroupId: groupId },
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
  };
}
