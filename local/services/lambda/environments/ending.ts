import type { InvocationError } from "../interface.ts";

/** How the work of an environment on one invocation ended. */
export type Ending =
  /** The handler returned `payload`; or, it returned or threw what `error` describes. */
  | { readonly kind: "answered"; readonly answer: Answer }
  /** The process ended: a crash, a full memory, `process.exit`. It may have told why before. */
  | {
      readonly kind: "exited";
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly answer?: Answer;
    }
  | { readonly kind: "timedOut"; readonly seconds: number };

export type Answer =
  | { readonly kind: "response"; readonly payload: string }
  | { readonly kind: "error"; readonly error: InvocationError };

/** The largest response of a synchronous invocation, in bytes. */
const largestResponse = 6_291_556;

/**
 * What the invoker is told.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function answerOf(ending: Ending, requestId: string): Answer {
  switch (ending.kind) {
    case "answered":
      return withinLimit(ending.answer);
    case "exited":
      return ending.answer?.kind === "error" ? ending.answer : exitError(ending, requestId);
    case "timedOut":
      return failed("Sandbox.Timedout", `RequestId: ${requestId} Error: ${timeoutText(ending)}`);
  }
}

/** For example `exit status 1` or `signal: aborted`; undefined when the process ended in peace. */
function exitReason(ending: Ending & { kind: "exited" }): string | undefined {
  if (ending.signal !== null) return `signal: ${signalNames[ending.signal] ?? ending.signal}`;
  return ending.code === 0 ? undefined : `exit status ${ending.code}`;
}

function timeoutText(ending: Ending & { kind: "timedOut" }): string {
  return `Task timed out after ${ending.seconds.toFixed(2)} seconds`;
}

export function exitText(ending: Ending & { kind: "exited" }): string {
  const reason = exitReason(ending);
  return reason === undefined
    ? "Runtime exited without providing a reason"
    : `Runtime exited with error: ${reason}`;
}

const signalNames: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGILL: "illegal instruction",
  SIGKILL: "killed",
  SIGSEGV: "segmentation fault",
  SIGTERM: "terminated",
  SIGTRAP: "trace/breakpoint trap",
};

function withinLimit(answer: Answer): Answer {
  if (answer.kind === "error" || Buffer.byteLength(answer.payload) <= largestResponse) {
    return answer;
  }
  return failed(
    "Function.ResponseSizeTooLarge",
    `Response payload size exceeded maximum allowed payload size (${largestResponse} bytes).`,
  );
}

function exitError(ending: Ending & { kind: "exited" }, requestId: string): Answer {
  return failed("Runtime.ExitError", `RequestId: ${requestId} Error: ${exitText(ending)}`);
}

function failed(errorType: string, errorMessage: string): Answer {
  return { kind: "error", error: { errorType, errorMessage } };
}
