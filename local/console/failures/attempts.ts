import type { Hop } from "../../trace/hop.ts";

/** How often something was tried on one branch of an event. */
export type Attempts = {
  /** Receives from the queue; else invocations, or deliveries, that failed. */
  readonly tries: number;
  /** Cloud time in milliseconds of the latest; of a receive, its beginning. */
  readonly triedAt?: number;
  /** Cloud time of the next, where the trace knows it. */
  readonly retryAt?: number;
  /** ARN of what the function was invoked by, where it was one. */
  readonly invokedBy?: string;
};

/** @param hops of one branch */
export function attemptsOf(hops: readonly Hop[]): Attempts {
  const latest = hops.at(-1);
  const retry = latest?.kind === "retrying" ? { retryAt: latest.at } : {};
  const received = hops.findLast((hop) => hop.kind === "received");
  if (received !== undefined) {
    return { tries: received.receiveCount, triedAt: received.time, ...retry };
  }
  const failed = hops.filter(({ kind }) => kind === "failed");
  // What a function fails on is recorded as such, and its next try besides.
  const tried = failed.length > 0 ? failed : hops.filter(({ kind }) => kind === "retrying");
  const { time } = tried.at(-1) ?? {};
  const invokedBy = hops.findLast(({ kind }) => kind === "invoked")?.from;
  return {
    tries: tried.length,
    ...(time !== undefined && { triedAt: time }),
    ...(invokedBy !== undefined && { invokedBy }),
    ...retry,
  };
}
