import type { Execution } from "../executions.ts";

/**
 * What happened in an execution, in AWS's form: its beginning, each state and its end.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export function historyOf({ input, started, steps, result }: Execution): object[] {
  const begun = { type: "ExecutionStarted", time: started, details: { input } };
  const states = steps.map(({ kind, type, name, data, time }) => {
    const text = JSON.stringify(data);
    const entered = kind === "entered";
    return {
      type: `${type}State${entered ? "Entered" : "Exited"}`,
      time,
      details: entered ? { name, input: text } : { name, output: text },
    };
  });
  const events = [begun, ...states, ...endOf(result)];
  return events.map(({ type, time, details }, index) => ({
    id: index + 1,
    previousEventId: index,
    timestamp: time / 1000,
    type,
    [detailsName(type)]: details,
  }));
}

function endOf(result: Execution["result"]) {
  switch (result.status) {
    case "RUNNING":
      return [];
    case "SUCCEEDED": {
      const { output, stopped } = result;
      return [{ type: "ExecutionSucceeded", time: stopped, details: { output } }];
    }
    default: {
      const { status, error, cause, stopped } = result;
      return [{ type: failureTypes[status], time: stopped, details: { error, cause } }];
    }
  }
}

const failureTypes = {
  ABORTED: "ExecutionAborted",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
};

/** `executionStartedEventDetails`, and `stateEnteredEventDetails` for a state of any type. */
function detailsName(type: string): string {
  const state = /State(Entered|Exited)$/.exec(type)?.[1];
  if (state !== undefined) return `state${state}EventDetails`;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
