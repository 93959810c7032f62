import { type Authorize, overTls } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { isManagedByAws, keyActions, keyArn } from "../../kms/interface.ts";
import { missingAuthenticationToken, notAuthorized } from "../errors.ts";
import type { Publication } from "../interface.ts";
import { regionOf, type Topic } from "../topic.ts";

/**
 * Refuses a publisher that may not publish to the topic, or not use the key behind it.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function checkPublishAccess(
  authorize: Authorize,
  topic: Topic,
  { by, from, context = overTls }: Publication,
): void {
  const decision = authorize({
    principal: by,
    action: "sns:Publish",
    resource: topic.arn,
    context,
  });
  if (!decision.allowed) {
    if (by.kind === "anonymous") throw missingAuthenticationToken();
    throw notAuthorized(from, "SNS:Publish", topic.arn, decision.reason);
  }
  const { KmsMasterKeyId: keyId } = topic.attributes;
  if (keyId === undefined) return;
  if (isManagedByAws(keyId)) {
    if (by.kind !== "service") return;
    throw new AwsError(
      "KMSAccessDenied",
      `${by.name} may not use the key ${keyId}: AWS manages it, and its policy cannot be changed. Use a customer managed key.`,
    );
  }
  const resource = keyArn(keyId, regionOf(topic));
  const keyContext = { ...context, "kms:EncryptionContext:aws:sns:topicArn": topic.arn };
  for (const action of keyActions) {
    const keyDecision = authorize({ principal: by, action, resource, context: keyContext });
    if (!keyDecision.allowed) throw new AwsError("KMSAccessDenied", keyDecision.reason);
  }
}
