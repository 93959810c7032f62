import { AsyncLocalStorage } from "node:async_hooks";
import { formatTraceparent, type TraceContext } from "../../../aws/traceContext.ts";
import { lambdaTrace } from "./lambdaTrace.ts";

const current = new AsyncLocalStorage<TraceContext | undefined>();

/** Runs `work` as part of a trace. */
export function inTrace<Result>(trace: TraceContext | undefined, work: () => Result): Result {
  return current.run(trace, work);
}

/**
 * The trace of the message that is being handled: each message of a batch has its own. Without one, the trace of the
 * invocation, if X-Ray samples it.
 */
export function currentTrace(): TraceContext | undefined {
  return current.getStore() ?? lambdaTrace();
}

/** The current trace as W3C's `traceparent`. Publishers pass it on by default. */
export function currentTraceparent(): string | undefined {
  const trace = currentTrace();
  return trace && formatTraceparent(trace);
}
