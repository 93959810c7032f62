import { parseArn } from "../../../aws/arn.ts";
import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";

/** A call of SNS's Publish, which a schedule makes through an API target. */
export type PublishCall = {
  readonly topicArn: string;
  readonly body: string;
  readonly subject?: string | undefined;
  readonly attributes: MessageAttributes;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
};

const parameters: readonly string[] = [
  ...["TopicArn", "Message", "Subject", "MessageAttributes"],
  ...["MessageGroupId", "MessageDeduplicationId"],
];

/** Whether a target's ARN names an API, such as `arn:aws:scheduler:::aws-sdk:sns:publish`. */
export function isUniversalTarget(arn: string): boolean {
  return parseArn(arn)?.resource.startsWith("aws-sdk:") ?? false;
}

/**
 * The call that a universal target makes.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 *
 * @throws AwsError for another API than SNS's Publish, or parameters that the local cloud does not have
 */
export function publishCall(arn: string, input: string | undefined): PublishCall {
  if (parseArn(arn)?.resource !== "aws-sdk:sns:publish") {
    throw notSupported(`the schedule's target "${arn}"`);
  }
  const given = parsed(input);
  const other = Object.keys(given).find((name) => !parameters.includes(name));
  if (other !== undefined) throw notSupported(`the parameter ${other} of a schedule's target`);
  return {
    topicArn: text(given.TopicArn) ?? "",
    body: text(given.Message) ?? "",
    subject: text(given.Subject),
    attributes: attributesOf(given.MessageAttributes),
    groupId: text(given.MessageGroupId),
    deduplicationId: text(given.MessageDeduplicationId),
  };
}

function parsed(input: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(input ?? "{}");
  } catch {
    throw new AwsError("ValidationException", "The input of a universal target must be JSON.");
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isObject(value: unknown): value is Record<string, GivenAttribute> {
  return typeof value === "object" && value !== null;
}

type GivenAttribute = { readonly DataType?: string; readonly StringValue?: string };

function attributesOf(given: unknown): MessageAttributes {
  const attributes: Readonly<Record<string, GivenAttribute>> = isObject(given) ? given : {};
  const entries = Object.entries(attributes);
  return Object.fromEntries(
    entries.map(([name, { DataType: dataType = "String", StringValue: stringValue = "" }]) => [
      name,
      { dataType, stringValue },
    ]),
  );
}
