import type { AccessRequest, Principal } from "../../../local/protocol/access.ts";
import { describe } from "../../../local/services/iam/explain.ts";
import { ownAccount } from "../programs/mockedResource.ts";

/** A call from one part to another. */
export type Hop = AccessRequest;

/** As a failing test names it: who, for whom, does what, to what. */
export function nameOf({ principal, action, resource, context }: Hop): string {
  const source = context["aws:SourceArn"];
  const account = context["aws:SourceAccount"];
  const whose = account === undefined || account === ownAccount ? "" : ` (account ${account})`;
  const plain = context["aws:SecureTransport"] === "false" ? " over plain HTTP" : "";
  const behalf = source === undefined ? "" : ` for ${source}${whose}`;
  return `${describe(principal)}${behalf}: ${action} on ${resource}${plain}`;
}

/** A service that acts for a resource, and says for which where AWS does. */
export function byService(
  name: string,
  source: { readonly arn?: unknown; readonly account?: string },
  action: string,
  resource: unknown,
): Hop {
  const context = {
    ...(source.arn !== undefined && { "aws:SourceArn": String(source.arn) }),
    ...(source.account !== undefined && { "aws:SourceAccount": source.account }),
  };
  const principal: Principal = { kind: "service", name: `${name}.amazonaws.com` };
  return { principal, action, resource: String(resource), context };
}

export function byRole(arn: unknown, action: string, resource: unknown): Hop {
  const principal: Principal = { kind: "role", arn: String(arn) };
  return { principal, action, resource: String(resource), context: {} };
}
