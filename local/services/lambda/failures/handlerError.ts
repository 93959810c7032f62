import type { InvocationError } from "../interface.ts";
import { type LoggedError, loggedErrors } from "./logEntries.ts";
import { positionIn } from "./stackPosition.ts";

/** Why a function failed on a message, in its own words. */
export type HandlerError = {
  readonly reason: string;
  /** Where in the sources: `handlers/orders/order.ts:16:10`. Absent where no stack is known. */
  readonly position?: string;
};

/** The error that ended an invocation, with the causes that the log has of it. */
export function thrownError(error: InvocationError, log: string): HandlerError {
  const { errorMessage, trace, stackTrace } = error;
  const logged = loggedErrors(log).findLast(({ reason }) => reason.startsWith(errorMessage));
  const stack = logged?.stack ?? trace?.join("\n") ?? stackTrace?.join("\n") ?? "";
  return withPosition(logged?.reason ?? errorMessage, stack);
}

/**
 * Why a function reported a message as failed. A partial response has only ids: the reason is what the
 * function printed for that id or, if the message was alone, what it printed last.
 */
export function reportedError(log: string, messageId: string, isAlone: boolean): HandlerError {
  const errors = loggedErrors(log);
  const found =
    errors.findLast((each) => each.messageId === messageId) ??
    (isAlone ? errors.at(-1) : undefined);
  return found === undefined ? { reason: "the function reported it as failed" } : inWords(found);
}

/** The last error that a function printed. */
export function lastError(log: string): HandlerError | undefined {
  const last = loggedErrors(log).at(-1);
  return last && inWords(last);
}

function inWords({ reason, stack = "" }: LoggedError): HandlerError {
  return withPosition(reason, stack);
}

function withPosition(reason: string, stack: string): HandlerError {
  const position = positionIn(stack);
  return position === undefined ? { reason } : { reason, position };
}
