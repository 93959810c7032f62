import { type AccessRequest, type Authorize, overTls } from "./access.ts";
import { accessDenied } from "./awsError.ts";

/**
 * For what a service does as a role, or on behalf of a resource.
 *
 * @throws AwsError AccessDenied, with the reason of the decision
 */
export function requirePermission(
  authorize: Authorize,
  request: Omit<AccessRequest, "context"> & Partial<AccessRequest>,
): void {
  const decision = authorize({ context: overTls, ...request });
  if (!decision.allowed) throw accessDenied(decision.reason);
}
