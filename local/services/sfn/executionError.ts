/** An error that a state fails with, which its retriers and catchers look at. */
export class ExecutionError extends Error {
  /** `States.TaskFailed`, or the name of what a function threw. */
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.error = error;
  }
}

/** https://states-language.net/spec.html#error-names */
export function matchesError(names: readonly string[], { error }: ExecutionError): boolean {
  return names.some((name) => {
    if (name === error) return true;
    if (error === "States.Runtime" || error === "States.DataLimitExceeded") return false;
    return name === "States.ALL" || (name === "States.TaskFailed" && error !== "States.Timeout");
  });
}

/** What the work of an execution ends with that is stopped. */
export function stoppedError(): ExecutionError {
  return new ExecutionError("States.Aborted", "aborted");
}

export function failWhenStopped(stopped: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(stoppedError());
    if (stopped.aborted) fail();
    else stopped.addEventListener("abort", fail, { once: true });
  });
}
