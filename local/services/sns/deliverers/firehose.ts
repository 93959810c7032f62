import type { Authorize } from "../../../protocol/access.ts";
import { requirePermission } from "../../../protocol/permission.ts";
import type { RecordSink } from "../../firehose/interface.ts";
import { unsignedEnvelope } from "../delivering/envelope.ts";
import type { Deliverer } from "../delivery.ts";

/**
 * Puts messages into delivery streams, each as a line, with the permissions of the subscription's role.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/firehose-archived-message-format-S3.html
 */
export function firehoseDeliverer({
  streams,
  authorize,
}: {
  readonly streams: RecordSink;
  readonly authorize: Authorize;
}): Deliverer {
  return {
    summary: () => "record",
    deliver(delivery) {
      const { endpoint, attributes, rawDelivery } = delivery.subscription;
      const { SubscriptionRoleArn: roleArn = "" } = attributes;
      const principal = { kind: "role", arn: roleArn } as const;
      const action = "firehose:PutRecord";
      requirePermission(authorize, { principal, action, resource: endpoint });
      const { text, event } = delivery.message;
      const line = rawDelivery ? text : unsignedEnvelope(delivery);
      streams.put(endpoint, { data: Buffer.from(`${line}\n`), event });
    },
  };
}
