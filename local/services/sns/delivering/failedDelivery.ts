import { AwsError } from "../../../protocol/awsError.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Confirmation, Deliverers, Delivery, Notification } from "../delivery.ts";

type Undeliverable = Delivery<Notification | Confirmation>;

type Options = { readonly trace: Trace; readonly deliverers: Deliverers };

/**
 * Concludes a delivery that failed permanently: its dead-letter queue gets what the endpoint would have
 * got, or the message is lost.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function concludeFailedDelivery(
  options: Options,
  delivery: Undeliverable,
  retries: number,
  error: AwsError,
): void {
  const { message, subscription } = delivery;
  recordDenial(options, delivery, subscription.endpoint, error);
  const reason =
    retries === 0 ? error.message : `failed after ${retries} retries: ${error.message}`;
  if (message.type !== "Notification" || subscription.deadLetterArn === undefined) {
    record(options, delivery, subscription.endpoint, { kind: "dropped", reason });
  } else {
    deadLetter(options, { ...delivery, message }, subscription.deadLetterArn, reason);
  }
}

function deadLetter(options: Options, delivery: Delivery, queueArn: string, reason: string): void {
  const { endpoint } = delivery.subscription;
  try {
    const { messageId } = options.deliverers.sqs.deadLetter(queueArn, delivery);
    record(options, delivery, queueArn, {
      kind: "deadLettered",
      messageId,
      reason: `${endpoint}: ${reason}`,
      endpoint,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    recordDenial(options, delivery, queueArn, error);
    record(options, delivery, endpoint, {
      kind: "dropped",
      reason: `${reason}; and its dead-letter queue rejected it: ${error.message}`,
      redriveFailed: true,
    });
  }
}

function recordDenial(
  options: Options,
  delivery: Undeliverable,
  to: string,
  error: AwsError,
): void {
  if (error.code !== "AccessDenied") return;
  record(options, delivery, to, { kind: "denied", reason: error.message });
}

function record({ trace }: Options, delivery: Undeliverable, to: string, step: Step): void {
  trace.record(delivery.message.event, delivery.topic.arn, to, step);
}
