import { account } from "../../../arn.ts";
import type { AccessRequest, Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { isManagedByAws, keyArn } from "../../kms/interface.ts";
import { regionOf, type Topic } from "../topic.ts";

/** SNS lacks a permission that a delivery needs. Such a delivery is not retried. */
export class DeliveryDenied extends AwsError {
  constructor(reason: string) {
    super("AccessDenied", reason, { status: 403 });
  }
}

/** Throws `DeliveryDenied` unless SNS may do `action` on behalf of the topic. */
export function requireForTopic(
  authorize: Authorize,
  topic: Topic,
  action: string,
  resource: string,
): void {
  const decision = authorize(requestOf(topic, action, resource));
  if (!decision.allowed) throw new DeliveryDenied(decision.reason);
}

/**
 * The key behind an encrypted queue: SNS must be allowed to use it, too.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
 */
export function requireKeyForTopic(authorize: Authorize, topic: Topic, keyId: string): void {
  if (isManagedByAws(keyId)) {
    throw new DeliveryDenied(
      `sns.amazonaws.com may not use the key ${keyId}: AWS manages it, and its policy cannot be changed. Use SSE-SQS or a customer managed key.`,
    );
  }
  const resource = keyArn(keyId, regionOf(topic));
  for (const action of keyActions) requireForTopic(authorize, topic, action, resource);
}

/** What sending to something encrypted needs of its key. */
export const keyActions = ["kms:GenerateDataKey", "kms:Decrypt"];

function requestOf(topic: Topic, action: string, resource: string): AccessRequest {
  return {
    principal: { kind: "service", name: "sns.amazonaws.com" },
    action,
    resource,
    context: {
      "aws:SourceArn": topic.arn,
      "aws:SourceAccount": account,
      "aws:SecureTransport": "true",
    },
  };
}
