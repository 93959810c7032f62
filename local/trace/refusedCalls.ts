import { randomUUID } from "node:crypto";
import type { AccessRequest, Authorize } from "../protocol/access.ts";
import type { Hop } from "./hop.ts";
import type { Trace } from "./trace.ts";

/** Which functions run with which role. */
export type FunctionRoles = {
  list(): readonly { readonly arn: string; readonly version: { readonly roleArn: string } }[];
};

export type RefusedCallsOptions = {
  readonly authorize: Authorize;
  readonly trace: Trace;
  readonly functions: FunctionRoles;
};

/**
 * Decides as `authorize` does, and has the trace say which calls of roles were refused: a handler gets no
 * more than an error, and may not report it. The events are those that the role's functions are
 * work; a call in the middle of a batch is not known to be for one message of it.
 */
export function withRefusedCalls({ authorize, trace, functions }: RefusedCallsOptions): Authorize {
  const work = workInProgress(trace);

  function record({ principal, resource }: AccessRequest, reason: string): void {
    if (principal.kind !== "role") return;
    const workers = functions.list().filter(({ version }) => version.roleArn === principal.arn);
    const concerned = workers.flatMap(({ arn }) => [...(work.get(arn)?.values() ?? [])]);
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

type Work = {
  readonly event: string;
  /** ARN of the queue that the message came from, else of the function. */
  readonly branch: string;
  /** ARN of the function. */
  readonly worker: string;
};

/** What each function has at work, by its ARN, and there by invocation and event. */
function workInProgress(trace: Trace): ReadonlyMap<string, ReadonlyMap<string, Work>> {
  const work = new Map<string, Map<string, Work>>();
  trace.listen((hop) => {
    if (hop.kind === "invoked") {
      const own = work.get(hop.to) ?? new Map<string, Work>();
      work.set(hop.to, own.set(keyOf(hop), workOf(hop)));
    } else if (hop.kind === "handled" || hop.kind === "failed") {
      work.get(hop.to)?.delete(keyOf(hop));
    }
  });
  return work;
}

function keyOf({ event, requestId }: Hop & { readonly requestId: string }): string {
  return `${requestId} ${event}`;
}

function workOf({ event, from, to }: Hop): Work {
  return { event, branch: from.startsWith("arn:aws:sqs:") ? from : to, worker: to };
}
