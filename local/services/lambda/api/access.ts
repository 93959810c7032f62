import type { Authorize } from "../../../protocol/access.ts";
import { AwsError, denialMessage } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";

/**
 * @param resource an ARN, or `*` for actions on no resource in particular
 * @throws AwsError `AccessDeniedException`
 */
export function refuseUnlessAllowed(
  authorize: Authorize,
  call: Call,
  action: string,
  resource: string,
): void {
  const context = { "aws:SecureTransport": "true" };
  const decision = authorize({ principal: call.principal, action, resource, context });
  if (decision.allowed) return;
  const message = denialMessage(call, { action, resource }, decision.reason);
  throw new AwsError("AccessDeniedException", message, { status: 403 });
}
