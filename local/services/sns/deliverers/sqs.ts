import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { requireKey } from "../../kms/interface.ts";
import type { NewMessage, QueueTargets, SentMessage } from "../../sqs/interface.ts";
import { envelope } from "../delivering/envelope.ts";
import type { Delivery, QueueDeliverer } from "../delivery.ts";
import { regionOf } from "../topic.ts";
import { requireForTopic } from "./access.ts";

/** SQS shows this as the `SenderId` of what SNS sends. */
const senderId = "AIDAIT2UOQQY3AUEKVGXU";

/** Sends messages to queues, and what cannot be delivered to dead-letter queues. */
export function sqsDeliverer(options: {
  readonly queues: QueueTargets;
  readonly authorize: Authorize;
}): QueueDeliverer {
  return {
    deliver(delivery) {
      send(options, delivery.subscription.endpoint, delivery);
    },
    deadLetter(queueArn, delivery) {
      return send(options, queueArn, delivery);
    },
  };
}

function send(
  { queues, authorize }: { readonly queues: QueueTargets; readonly authorize: Authorize },
  queueArn: string,
  delivery: Delivery,
): SentMessage {
  const queue = queues.find(queueArn);
  if (queue === undefined) {
    throw new AwsError("QueueDoesNotExist", `The queue ${queueArn} does not exist.`);
  }
  const { topic } = delivery;
  const require = (action: string, resource: string) =>
    requireForTopic(authorize, topic, action, resource);
  require("sqs:SendMessage", queueArn);
  const { KmsMasterKeyId: keyId } = queue.attributes;
  if (keyId) requireKey(keyId, { service: "sns.amazonaws.com", region: regionOf(topic), require });
  return queues.send(queueArn, newMessage(delivery, queue.fifo));
}

function newMessage(delivery: Delivery, toFifoQueue: boolean): NewMessage {
  const { topic, message, subscription } = delivery;
  const { groupId, deduplicationId, traceHeader, event } = message;
  // A FIFO topic does not pass its groups to a standard queue; a standard topic does, for fair queues.
  const grouped = topic.fifo === toFifoQueue;
  return {
    ...(subscription.rawDelivery
      ? { body: message.text, attributes: message.attributes }
      : { body: envelope(delivery) }),
    ...(grouped && groupId !== undefined && { groupId }),
    ...(toFifoQueue && deduplicationId !== undefined && { deduplicationId }),
    ...(traceHeader !== undefined && { traceHeader }),
    senderId,
    event,
    from: topic.arn,
  };
}
