import { textAttributes } from "../../../aws/messageAttributes.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Target, TargetServices } from "./deliver.ts";

type FailedCall = {
  readonly scheduleArn: string;
  readonly target: Target;
  readonly payload: string;
  /** What the hops of the trace are gathered under. */
  readonly event: string;
  readonly deadLetterArn: string;
};

/**
 * Sends the input of a call that a target did not accept to the schedule's dead-letter queue, as the schedule's
 * role. A missing permission or target is not retried.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
export function sendToDeadLetterQueue(
  { functions, trace }: TargetServices & { readonly trace: Trace },
  { scheduleArn, target, payload, event, deadLetterArn }: FailedCall,
  refusal: AwsError,
): void {
  const { message: reason, code } = refusal;
  try {
    const messageId = functions.sendToDestination(deadLetterArn, {
      body: payload,
      attributes: textAttributes({
        ERROR_CODE: code,
        ERROR_MESSAGE: reason,
        IS_PAYLOAD_TRUNCATED: "false",
        RETRY_ATTEMPTS: "0",
        SCHEDULE_ARN: scheduleArn,
        TARGET_ARN: target.arn,
      }),
      roleArn: target.roleArn,
      origin: { event, from: scheduleArn },
    });
    trace.record(event, scheduleArn, deadLetterArn, {
      ...{ kind: "deadLettered", messageId, reason, endpoint: target.arn },
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    trace.record(event, scheduleArn, deadLetterArn, {
      kind: "dropped",
      reason: `${reason} The dead-letter queue did not accept it: ${error.message}`,
    });
  }
}
