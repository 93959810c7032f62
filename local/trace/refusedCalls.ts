import { randomUUID } from "node:crypto";
import type { AccessRequest, Authorize } from "../protocol/access.ts";
import type { Trace } from "./trace.ts";

export type RefusedCallsOptions = {
  readonly authorize: Authorize;
  readonly trace: Trace;
};

/**
 * Decides as `authorize` does, and has the trace say which calls of roles were refused: a handler gets no
 * more than an error, and may not report it. The events are those that the role's functions are
 * work; a call in the middle of a batch is not known to be for one message of it.
 */
export function withRefusedCalls({ authorize, trace }: RefusedCallsOptions): Authorize {
  function record({ principal, resource }: AccessRequest, reason: string): void {
    if (principal.kind !== "role") return;
    const concerned = trace.workOf(principal.arn);
    for (const { event, branch, worker } of concerned) {
      trace.record(event, worker, resource, { kind: "refused", reason, branch });
    }
    if (concerned.length === 0) {
      trace.record(randomUUID(), principal.arn, resource, { kind: "denied", reason });
    }
  }

  return (request) => {
    const decision = authorize(request);
    if (!decision.allowed) record(request, decision.reason);
    return decision;
  };
}
