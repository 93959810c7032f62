import type { Call } from "./call.ts";

/**
 * What AWS says to a caller that lacks a permission, and after it what the local cloud knows of why.
 * @param reason of the decision
 */
export function denialMessage(
  call: Pick<Call, "callerArn">,
  permission: { readonly action: string; readonly resource: string },
  reason: string,
): string {
  return `User: ${call.callerArn} is not authorized to perform: ${permission.action} on resource: ${permission.resource}. ${reason}`;
}
