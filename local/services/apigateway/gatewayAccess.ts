import { account } from "../../arn.ts";
import { type Authorize, type Decision, overTls } from "../../protocol/access.ts";
import type { Trace } from "../../trace/trace.ts";

export type GatewayAccess = {
  readonly authorize: Authorize;
  /** Whether a service may act as a role. */
  readonly assume: (roleArn: string, service: string) => Decision;
  readonly trace: Trace;
};

/** A request on its way to an integration. */
export type Passage = {
  /** ARN of the API's method or route. */
  readonly source: string;
  readonly requestId: string;
  /** The role that the integration names; absent for the API's own permission. */
  readonly credentials?: string | undefined;
  /** Of an integration with a function. */
  readonly functionArn?: string | undefined;
};

const gateway = "apigateway.amazonaws.com";

/**
 * Whether API Gateway may do what an integration says; if not, the trace says why. The role of an integration
 * has to trust API Gateway. Functions are invoked by the API's own permission, or as that role. Other services
 * decide themselves what the role may do.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
 */
export function mayPass(access: GatewayAccess, passage: Passage): boolean {
  const { credentials, functionArn } = passage;
  if (credentials !== undefined) {
    const trusted = access.assume(credentials, gateway);
    if (!isAllowed(access, passage, credentials, trusted)) return false;
  }
  if (functionArn === undefined) return true;
  const invocation = access.authorize({
    principal:
      credentials === undefined
        ? { kind: "service", name: gateway }
        : { kind: "role", arn: credentials },
    action: "lambda:InvokeFunction",
    resource: functionArn,
    context: {
      "aws:SourceArn": passage.source,
      "aws:SourceAccount": account,
      ...overTls,
    },
  });
  return isAllowed(access, passage, functionArn, invocation);
}

function isAllowed(
  { trace }: GatewayAccess,
  { requestId, source }: Passage,
  to: string,
  decision: Decision,
): boolean {
  if (decision.allowed) return true;
  trace.record(requestId, source, to, { kind: "denied", reason: decision.reason });
  return false;
}
