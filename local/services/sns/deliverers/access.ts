import { account } from "../../../arn.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import { requirePermission } from "../../../protocol/permission.ts";
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
  requirePermission(authorize, {
    principal: { kind: "service", name: "sns.amazonaws.com" },
    action,
    resource,
    context: { "aws:SourceArn": topic.arn, "aws:SourceAccount": account, ...overTls },
  });
}
