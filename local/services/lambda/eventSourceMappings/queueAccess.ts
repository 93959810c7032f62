import { parseArn } from "../../../../aws/arn.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import { isManagedByAws, keyArn } from "../../kms/interface.ts";
import type { Queue } from "../../sqs/interface.ts";

/** Permissions on the queue that a function's role needs. */
export const neededActions = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"] as const;

export type NeededAction = (typeof neededActions)[number];

/**
 * Why a role may not do something with a queue, or undefined when it may. To receive, it needs the
 * queue's key as well, where the queue has one of its own.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export function denialReason(
  authorize: Authorize,
  roleArn: string,
  queue: Pick<Queue, "arn" | "attributes">,
  action: NeededAction,
): string | undefined {
  const key = action === "ReceiveMessage" ? keyOf(queue) : undefined;
  return (
    reasonFor(authorize, roleArn, `sqs:${action}`, queue.arn) ??
    (key && reasonFor(authorize, roleArn, "kms:Decrypt", key))
  );
}

function reasonFor(authorize: Authorize, roleArn: string, action: string, resource: string) {
  const principal = { kind: "role", arn: roleArn } as const;
  const decision = authorize({ principal, action, resource, context: overTls });
  return decision.allowed ? undefined : decision.reason;
}

/** The ARN of the queue's own key. The key that AWS manages for SQS is open to the whole account. */
function keyOf({ arn, attributes }: Pick<Queue, "arn" | "attributes">): string | undefined {
  const { KmsMasterKeyId: key } = attributes;
  if (key === undefined || key === "" || isManagedByAws(key)) return undefined;
  return keyArn(key, parseArn(arn)?.region ?? "");
}
