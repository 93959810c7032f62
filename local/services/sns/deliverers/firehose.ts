import type { NewRecord } from "../../firehose/deliveryStream.ts";
import type { Authorize } from "../../iam/access.ts";
import { unsignedEnvelope } from "../delivering/envelope.ts";
import type { Deliverer } from "../delivery.ts";
import { DeliveryDenied } from "./access.ts";

/** What topics need of the delivery streams. */
export type StreamSink = {
  /** @throws AwsError when there is no such stream */
  put(streamArn: string, record: NewRecord): void;
};

/**
 * Puts messages in delivery streams, each as a line, by the rights of the subscription's role.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/firehose-archived-message-format-S3.html
 */
export function firehoseDeliverer({
  streams,
  authorize,
}: {
  readonly streams: StreamSink;
  readonly authorize: Authorize;
}): Deliverer {
  return {
    summary: () => "record",
    deliver(delivery) {
      const { endpoint, attributes, rawDelivery } = delivery.subscription;
      const { SubscriptionRoleArn: roleArn = "" } = attributes;
      const decision = authorize({
        principal: { kind: "role", arn: roleArn },
        action: "firehose:PutRecord",
        resource: endpoint,
        context: { "aws:SecureTransport": "true" },
      });
      if (!decision.allowed) throw new DeliveryDenied(decision.reason);
      const { text, event } = delivery.message;
      const line = rawDelivery ? text : unsignedEnvelope(delivery);
      streams.put(endpoint, { data: Buffer.from(`${line}\n`), event });
    },
  };
}
