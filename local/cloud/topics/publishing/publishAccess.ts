import { AwsError } from "../../awsError.ts";
import { isManagedByAws, keyArn } from "../../keys/keyArn.ts";
import type { Authorize, Decision } from "../../permissions/access.ts";
import { keyActions } from "../deliverers/access.ts";
import { notAuthorized } from "../errors.ts";
import type { Publication } from "../publication.ts";
import { regionOf, type Topic } from "../topic.ts";

/**
 * Refuses a publisher that may not publish to the topic, or not use the key behind it.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function checkPublishAccess(
  authorize: Authorize,
  topic: Topic,
  { by, from, context = { "aws:SecureTransport": "true" } }: Publication,
): void {
  const decide = (action: string, resource: string): Decision =>
    authorize({ principal: by, action, resource, context });
  const decision = decide("sns:Publish", topic.arn);
  if (!decision.allowed) throw notAuthorized(from, "SNS:Publish", topic.arn, decision.reason);
  const { KmsMasterKeyId: keyId } = topic.attributes;
  if (keyId === undefined) return;
  if (isManagedByAws(keyId)) {
    if (by.kind !== "service") return;
    throw new AwsError(
      "KMSAccessDenied",
      `${by.name} may not use the key ${keyId}: AWS manages it, and nobody can edit its policy. Use a key of your own.`,
    );
  }
  for (const action of keyActions) {
    const keyDecision = decide(action, keyArn(keyId, regionOf(topic)));
    if (!keyDecision.allowed) throw new AwsError("KMSAccessDenied", keyDecision.reason);
  }
}
