import * as v from "valibot";
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

const attribute = v.strictObject({ DataType: v.string(), StringValue: v.string() });

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const parameters = v.strictObject({
  TopicArn: v.string(),
  Message: v.string(),
  Subject: v.optional(v.string()),
  MessageAttributes: v.optional(v.record(v.string(), attribute), {}),
  MessageGroupId: v.optional(v.string()),
  MessageDeduplicationId: v.optional(v.string()),
});

/** Whether a target's ARN names an API, such as `arn:aws:scheduler:::aws-sdk:sns:publish`. */
export function isUniversalTarget(arn: string): boolean {
  return parseArn(arn)?.resource.startsWith("aws-sdk:") ?? false;
}

/** ARN of what a target reaches: for a universal target, of the topic in its input. */
export function reachedBy({
  arn,
  input,
}: {
  readonly arn: string;
  readonly input?: string | undefined;
}): string {
  return isUniversalTarget(arn) ? publishCall(arn, input).topicArn : arn;
}

/**
 * The call that a universal target makes.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 *
 * @throws AwsError for another API than SNS's Publish, parameters that the local cloud does not have, or
 * `ValidationException` for parameters that SNS would refuse
 */
export function publishCall(arn: string, input: string | undefined): PublishCall {
  if (parseArn(arn)?.resource !== "aws-sdk:sns:publish") {
    throw notSupported(`the schedule's target "${arn}"`);
  }
  const given = parsed(input);
  return {
    topicArn: given.TopicArn,
    body: given.Message,
    subject: given.Subject,
    attributes: attributesOf(given.MessageAttributes),
    groupId: given.MessageGroupId,
    deduplicationId: given.MessageDeduplicationId,
  };
}

function parsed(input = "{}"): v.InferOutput<typeof parameters> {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), parameters), input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const name = v.getDotPath(issue);
  if (name !== null && issue.expected === "never") {
    throw notSupported(`the parameter ${name} of a schedule's target`);
  }
  const place = name === null ? "" : `, ${name}`;
  throw new AwsError(
    "ValidationException",
    `The input of a schedule's target must be the parameters of SNS's Publish as JSON${place}: ${issue.message}`,
  );
}

function attributesOf(
  given: v.InferOutput<typeof parameters>["MessageAttributes"],
): MessageAttributes {
  const entries = Object.entries(given);
  return Object.fromEntries(
    entries.map(([name, { DataType: dataType, StringValue: stringValue }]) => [
      name,
      { dataType, stringValue },
    ]),
  );
}
