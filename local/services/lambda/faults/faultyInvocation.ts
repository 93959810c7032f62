import type { Clock } from "../../../time/clock.ts";
import { answerOf } from "../environments/ending.ts";
import type { EndedInvocation, InvocationError, InvocationResult } from "../interface.ts";
import type { FaultsOfInvocation } from "./invocationFault.ts";

export type FaultyInvocation = {
  readonly functionArn: string;
  readonly requestId: string;
  readonly timeoutSeconds: number;
  readonly faults: FaultsOfInvocation;
  readonly clock: Clock;
  /** Called once, when the invocation starts. */
  readonly onStart: () => void;
  /** Runs the handler. */
  readonly run: (onStart: () => void) => Promise<InvocationResult>;
};

/** Runs an invocation with the faults that are injected into it. Waiting is on the cloud's clock. */
export async function invokeFaulty(invocation: FaultyInvocation): Promise<EndedInvocation> {
  const { clock, functionArn } = invocation;
  let startedAt = clock.now();
  let isStarted = false;
  const onStart = () => {
    if (isStarted) return;
    isStarted = true;
    startedAt = clock.now();
    invocation.onStart();
  };
  const result = await resultOf({ ...invocation, onStart });
  return { ...result, functionArn, startedAt };
}

async function resultOf(invocation: FaultyInvocation): Promise<InvocationResult> {
  const { requestId, timeoutSeconds, faults, clock, onStart, run } = invocation;
  const { throttled, delaySeconds, error } = faults;
  if (throttled) return { outcome: "throttled", requestId };
  if (delaySeconds > 0) {
    onStart();
    await pass(clock, Math.min(delaySeconds, timeoutSeconds));
    if (delaySeconds >= timeoutSeconds) return timedOut(requestId, timeoutSeconds);
  }
  if (error?.preventExecution) {
    onStart();
    return failed(requestId, error, { log: "", milliseconds: delaySeconds * 1000 });
  }
  const result = await run(onStart);
  if (result.outcome === "throttled") return result;
  const milliseconds = result.milliseconds + delaySeconds * 1000;
  if (error === undefined || result.outcome === "failed") return { ...result, milliseconds };
  return failed(requestId, error, { log: result.log, milliseconds });
}

function pass(clock: Clock, seconds: number): Promise<void> {
  return new Promise((resolve) => clock.at(clock.now() + seconds * 1000, resolve));
}

function timedOut(requestId: string, seconds: number): InvocationResult {
  const answer = answerOf({ kind: "timedOut", seconds }, requestId);
  if (answer.kind !== "error") throw new Error("a timeout has ended in a response");
  return failed(requestId, answer.error, { log: "", milliseconds: seconds * 1000 });
}

/** With a line in the log, in which people look for the reason. */
function failed(
  requestId: string,
  { errorType, errorMessage }: InvocationError,
  { log, milliseconds }: { readonly log: string; readonly milliseconds: number },
): InvocationResult {
  return {
    outcome: "failed",
    requestId,
    error: { errorType, errorMessage },
    log: `${log}${requestId} ERROR ${errorType}: ${errorMessage} (injected fault)\n`,
    milliseconds,
  };
}
