import type { Cloud } from "../../cloud.ts";
import type { FunctionState, QueueState } from "./types.ts";

/** The state of every queue, by its ARN. */
export function queueStates({ queues }: Cloud): Record<string, QueueState> {
  return Object.fromEntries(queues.list().map(({ arn }) => [arn, queues.counts(arn)]));
}

/** The state of every function, by its ARN. */
export function functionStates({ functions, mappings }: Cloud): Record<string, FunctionState> {
  const ofFunctions = new Map(mappings.list().map((mapping) => [mapping.functionArn, mapping]));
  return Object.fromEntries(
    functions.list().map(({ arn }) => {
      const { uuid: id, enabled, problem } = ofFunctions.get(arn) ?? {};
      return [
        arn,
        {
          running: functions.running(arn),
          ...(problem !== undefined && { problem }),
          ...(id !== undefined && enabled !== undefined && { mapping: { id, enabled } }),
        },
      ];
    }),
  );
}
