import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { PeekedMessage } from "../../services/sqs/inspection.ts";
import type { ConsumerShape, QueueRole } from "../systems/systemShape.ts";
import type { Replay } from "./possibleReplay.ts";
import { functionEvent } from "./redelivery.ts";

/** A queue of a consumer, and what it is for. */
export type Place = { readonly consumer: ConsumerShape; readonly role: QueueRole };

/** Who brings messages again, for the trace: the account's owner. */
const replayer = accountRootArn(account);

/**
 * Whether the messages of a queue can be brought again to whom they were meant for. Only what a topic
 * could not deliver, or a function failed on, has to be: SQS itself moves a queue's dead letters back.
 */
export function replayOf(place: Place | undefined): Replay {
  if (place === undefined) return { possible: false, reason: "it belongs to no consumer" };
  const { consumer, role } = place;
  if (role === "work") return { possible: false, reason: "its messages are still to be handled" };
  if (role === "deadLetters") {
    return { possible: false, reason: "SQS itself can move them back: redrive them" };
  }
  const target = role === "failures" ? consumer.function : (consumer.queue ?? consumer.function);
  if (target !== undefined) return { possible: true, to: target.arn };
  return {
    possible: false,
    reason: `a message for ${consumer.protocol} ${consumer.endpoint} cannot be delivered alone; publish it again`,
  };
}

/**
 * Brings one message again to whom it was meant for, and takes it out of its queue.
 *
 * @throws AwsError if there is no receiver: the message stays where it is
 */
export function replay(
  cloud: Cloud,
  queueArn: string,
  message: PeekedMessage,
  place: Place | undefined,
): void {
  const plan = replayOf(place);
  if (!plan.possible) {
    throw new AwsError("UnsupportedOperation", `The message cannot be replayed: ${plan.reason}.`);
  }
  if (plan.to.includes(":sqs:")) sendAgain(cloud, plan.to, message);
  else invokeAgain(cloud, plan.to, message, place?.consumer.subscriptionArn ?? "");
  cloud.queues.discard(queueArn, message.messageId);
}

/** What a topic could not deliver is kept as the queue would have got it. */
function sendAgain({ queues }: Cloud, queueArn: string, message: PeekedMessage): void {
  const { body, attributes, event, systemAttributes } = message;
  const { MessageGroupId, MessageDeduplicationId, AWSTraceHeader } = systemAttributes;
  queues.send(queueArn, {
    body,
    attributes,
    ...(MessageGroupId !== undefined && { groupId: MessageGroupId }),
    ...(MessageDeduplicationId !== undefined && { deduplicationId: MessageDeduplicationId }),
    ...(AWSTraceHeader !== undefined && { traceHeader: AWSTraceHeader }),
    senderId: account,
    event,
    from: replayer,
  });
}

function invokeAgain(
  { functions }: Cloud,
  functionArn: string,
  { body, event }: PeekedMessage,
  subscriptionArn: string,
): void {
  const payload = functionEvent(body, subscriptionArn);
  if (payload === undefined) {
    throw new AwsError(
      "UnsupportedOperation",
      "The message cannot be replayed: it is neither a notification of SNS nor a record of Lambda.",
    );
  }
  functions.invokeAsync(functionArn, payload, { event, from: replayer });
}
