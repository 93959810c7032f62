import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { trustScheduler } from "../../aws/trustPolicies.ts";
import { childName } from "../childNames.ts";
import { policyDocument, policyText, type Statement } from "../policyDocument.ts";
import { publishing } from "../topic/grants.ts";
import { retryPolicy } from "./eventRules.ts";
import { isScheduleSource, type ScheduleSource, type Source } from "./source.ts";
import { sourceName } from "./sourceName.ts";
import { createUnpublishedQueue, type SourceOwner } from "./unpublishedQueue.ts";

/** A schedule that publishes to the topic, and the queue for messages that the topic did not accept. */
export type TopicSchedule = { readonly name: string; readonly unpublishedQueue: aws.sqs.Queue };

/** The topic that schedules publish to, with what decides how. */
type ScheduleOwner = SourceOwner & {
  readonly key: aws.kms.Key | undefined;
  readonly fifo: boolean;
};

/** Creates the schedules of the sources, each with a role that may only publish to the topic. */
export function createSchedules(owner: ScheduleOwner, sources: readonly Source[]): TopicSchedule[] {
  return sources.filter(isScheduleSource).map((source) => {
    const name = sourceName(source) ?? "";
    const unpublishedQueue = createUnpublishedQueue(owner, name);
    const { role, policy } = createRole(
      owner,
      childName(owner.naming.name, name),
      unpublishedQueue,
    );
    createSchedule(owner, source, { role, policy, unpublishedQueue });
    return { name, unpublishedQueue };
  });
}

function createRole(
  { naming, key, tags, parent }: ScheduleOwner,
  name: string,
  queue: aws.sqs.Queue,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    name,
    {
      description: `lets EventBridge Scheduler publish to the topic ${naming.name}`,
      assumeRolePolicy: queue.arn.apply((arn) =>
        JSON.stringify(trustScheduler(arnParts(arn).account)),
      ),
      tags,
    },
    { parent },
  );
  const statements = [
    ...publishing({ topic: naming.topic, key }),
    queue.arn.apply(sendUnpublished),
  ];
  const policy = new aws.iam.RolePolicy(
    name,
    {
      role: role.id,
      policy: pulumi
        .all(statements)
        .apply((known) => policyText("role", name, policyDocument(...known))),
    },
    { parent },
  );
  return { role, policy };
}

function sendUnpublished(queueArn: string): Statement {
  return { Sid: "SendUnpublished", Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn };
}

function createSchedule(
  { naming, place, fifo, parent }: ScheduleOwner,
  source: ScheduleSource,
  {
    role,
    policy,
    unpublishedQueue,
  }: { role: aws.iam.Role; policy: aws.iam.RolePolicy; unpublishedQueue: aws.sqs.Queue },
): void {
  const { flexibleMinutes } = source;
  const hasParameters = fifo || source.attributes !== undefined;
  new aws.scheduler.Schedule(
    childName(naming.name, sourceName(source) ?? ""),
    {
      description: `publishes to the topic ${naming.name}`,
      scheduleExpression: source.schedule,
      scheduleExpressionTimezone: source.timezone,
      flexibleTimeWindow:
        flexibleMinutes === undefined
          ? { mode: "OFF" }
          : { mode: "FLEXIBLE", maximumWindowInMinutes: flexibleMinutes },
      target: {
        arn: hasParameters ? naming.topic.arn.apply(publishApi) : naming.topic.arn,
        roleArn: role.arn,
        input: hasParameters ? publishParameters(naming.topic.arn, source) : messageOf(source),
        deadLetterConfig: { arn: unpublishedQueue.arn },
        retryPolicy: retryPolicy(source.retries),
      },
      region: place?.region,
    },
    { parent, dependsOn: [policy] },
  );
}

/** A topic as a target gets a message only; the API also takes a message group and attributes. */
function publishApi(topicArn: string): string {
  return `arn:${arnParts(topicArn).partition}:scheduler:::aws-sdk:sns:publish`;
}

/**
 * The parameters of Publish. On a FIFO topic, the retries of one run have one deduplication id.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
function publishParameters(
  topicArn: pulumi.Output<string>,
  source: ScheduleSource,
): pulumi.Output<string> {
  const { attributes, messageGroupId } = source;
  return pulumi
    .all([topicArn, messageOf(source), attributes ?? {}])
    .apply(([TopicArn, Message, known]) =>
      JSON.stringify({
        TopicArn,
        Message,
        ...(attributes !== undefined && { MessageAttributes: stringAttributes(known) }),
        ...(messageGroupId !== undefined && {
          MessageGroupId: messageGroupId,
          MessageDeduplicationId: "<aws.scheduler.execution-id>",
        }),
      }),
    );
}

function stringAttributes(attributes: Readonly<Record<string, string>>): object {
  const entries = Object.entries(attributes);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
  );
}

function messageOf({ payload }: ScheduleSource): pulumi.Input<string> {
  if (typeof payload === "string" || payload instanceof Promise) return payload;
  return pulumi.Output.isInstance(payload) ? payload : JSON.stringify(payload);
}
