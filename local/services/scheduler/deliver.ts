import { parseArn } from "../../../aws/arn.ts";
import { notSupported } from "../../protocol/awsError.ts";
import type { DestinationSender } from "../lambda/interface.ts";
import { isUniversalTarget, publishCall } from "./universalTarget.ts";

export type TargetServices = { readonly functions: DestinationSender };

/** What a schedule calls. */
export type Target = {
  /** ARN of a function, a queue or a topic. */
  readonly arn: string;
  /** The role that the scheduler assumes. */
  readonly roleArn: string;
  /** The event. @default the scheduler's own event */
  readonly input?: string | undefined;
  /** Needed for a FIFO queue. */
  readonly groupId?: string | undefined;
  /** ARN of the queue for events that the target does not accept. */
  readonly deadLetterArn?: string | undefined;
};

/** @throws AwsError for a kind of target that the local cloud does not have */
export function checkTarget({ arn, input }: Target): void {
  if (isUniversalTarget(arn)) {
    publishCall(arn, input);
    return;
  }
  const kind = parseArn(arn)?.service ?? "";
  if (["lambda", "sns", "sqs"].includes(kind)) return;
  throw notSupported(`the schedule's target "${arn}"`);
}

/**
 * Calls a target as the schedule's role.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
 *
 * @throws AwsError for a target that is gone, or that the role may not call
 */
export function deliver(
  { functions }: TargetServices,
  { arn, roleArn, groupId }: Target,
  payload: string,
  origin: { readonly event: string; readonly from: string },
): void {
  if (isUniversalTarget(arn)) {
    const { topicArn, ...message } = publishCall(arn, payload);
    functions.sendToDestination(topicArn, { ...message, roleArn, origin });
  } else {
    functions.sendToDestination(arn, { body: payload, groupId, roleArn, origin });
  }
}
