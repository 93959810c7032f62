import { textAttributes } from "../../../aws/messageAttributes.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Trace } from "../../trace/trace.ts";
import { isDenial } from "../sns/interface.ts";
import { requireQueue, senderId, type TargetServices } from "./deliver.ts";
import type { Delivery } from "./rule.ts";

/**
 * Sends an event that a target did not accept to the target's dead-letter queue. A missing permission or target is
 * not retried.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function sendToDeadLetterQueue(
  services: TargetServices & { readonly trace: Trace },
  { rule, target, event, origin }: Delivery,
  deadLetterArn: string,
  refusal: AwsError,
): void {
  const { queues, trace } = services;
  try {
    requireQueue(services, rule, deadLetterArn);
    const { messageId } = queues.send(deadLetterArn, {
      body: JSON.stringify(event),
      attributes: textAttributes({
        RULE_ARN: rule.arn,
        TARGET_ARN: target.arn,
        ERROR_CODE: isDenial(refusal) ? "NO_PERMISSIONS" : "NO_RESOURCE",
        ERROR_MESSAGE: refusal.message,
      }),
      senderId,
      event: origin,
      from: rule.arn,
    });
    const { message: reason } = refusal;
    trace.record(origin, rule.arn, deadLetterArn, {
      ...{ kind: "deadLettered", messageId, reason, endpoint: target.arn },
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const reason = `${refusal.message} The dead-letter queue did not accept it: ${error.message}`;
    trace.record(origin, rule.arn, deadLetterArn, { kind: "dropped", reason });
  }
}
