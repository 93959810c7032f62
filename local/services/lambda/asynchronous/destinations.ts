import { parseArn } from "../../../../aws/arn.ts";
import type { Authorize, Principal } from "../../../protocol/access.ts";
import { requirePermission } from "../../../protocol/permission.ts";
import type { Publisher } from "../../sns/interface.ts";
import type { QueueSender } from "../../sqs/interface.ts";
import type { DestinationMessage, Origin } from "../interface.ts";

/** The parts of the cloud that records go to. Topics check the publisher's permission themselves. */
export type DestinationServices = {
  readonly authorize: Authorize;
  readonly queues: QueueSender;
  readonly topics: Publisher;
  /** Invokes a function asynchronously and returns the id of the request. */
  readonly invokeAsync: (functionArn: string, payload: string, origin: Origin) => string;
};

/**
 * Sends a record to a queue, a topic or a function.
 *
 * @returns the id of the message, or of the request
 * @throws AwsError when the role may not send it, or when the destination does not take it
 */
export function sendToDestination(
  services: DestinationServices,
  targetArn: string,
  message: DestinationMessage,
): string {
  const { body, attributes = {}, subject, roleArn, origin } = message;
  const order = orderOf(message);
  const role: Principal = { kind: "role", arn: roleArn };
  const require = (action: string) =>
    requirePermission(services.authorize, { principal: role, action, resource: targetArn });
  switch (parseArn(targetArn)?.service) {
    case "sns":
      return services.topics.publish(targetArn, {
        ...{ message: body, attributes, by: role, ...order, ...origin },
        ...(subject !== undefined && { subject }),
      }).messageId;
    case "lambda":
      require("lambda:InvokeFunction");
      return services.invokeAsync(targetArn, body, origin);
    default:
      require("sqs:SendMessage");
      return services.queues.send(targetArn, {
        ...{ body, attributes, senderId: roleArn, ...order, ...origin },
      }).messageId;
  }
}

function orderOf({ groupId, deduplicationId }: DestinationMessage) {
  return {
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  };
}
