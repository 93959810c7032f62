import { account } from "../../../arn.ts";
import type { AccessRequest, Authorize } from "../../../protocol/access.ts";
import { accessDenied } from "../../../protocol/awsError.ts";
import type { Topic } from "../topic.ts";

/**
 * Such a delivery is not retried.
 *
 * @throws AwsError AccessDenied unless SNS may do `action` on behalf of the topic
 */
export function requireForTopic(
  authorize: Authorize,
  topic: Topic,
  action: string,
  resource: string,
): void {
  const decision = authorize(requestOf(topic, action, resource));
  if (!decision.allowed) throw accessDenied(decision.reason);
}

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
