import type { Cloud } from "../../cloud.ts";
import type { FunctionState, QueueState } from "./types.ts";

/** How every queue is doing, by its ARN. */
export function queueStates({ queues }: Cloud): Record<string, QueueState> {
  return Object.fromEntries(queues.list().map(({ arn }) => [arn, queues.counts(arn)]));
}

/** How every function is doing, by its ARN. */
export function functionStates({ functions, mappings }: Cloud): Record<string, FunctionState> {
  const problems = new Map(
    mappings.list().map(({ functionArn, problem }) => [functionArn, problem] as const),
  );
  return Object.fromEntries(
    functions.list().map(({ arn }) => {
      const problem = problems.get(arn);
      return [arn, { running: functions.running(arn), ...(problem !== undefined && { problem }) }];
    }),
  );
}
