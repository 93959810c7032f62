import type { Cloud } from "../../cloud.ts";
import type { FunctionState, QueueState } from "./types.ts";

/** The state of every queue, by its ARN. */
export function queueStates({ queues }: Cloud): Record<string, QueueState> {
  return Object.fromEntries(queues.list().map(({ arn }) => [arn, queues.counts(arn)]));
}

/** The state of every function by its ARN, and of versions and aliases that a queue or a topic invokes by theirs. */
export function functionStates(cloud: Cloud): Record<string, FunctionState> {
  const { functions, mappings } = cloud;
  const ofFunctions = new Map(mappings.list().map((mapping) => [mapping.functionArn, mapping]));
  const arns = new Set([...functions.list().map(({ arn }) => arn), ...invokedArns(cloud)]);
  return Object.fromEntries(
    [...arns].map((arn) => {
      const { uuid: id, enabled, problem } = ofFunctions.get(arn) ?? {};
      return [
        arn,
        {
          running: functions.running(arn),
          ...(functions.get(arn).imageUri !== undefined && { notRunHere: true }),
          ...(problem !== undefined && { problem }),
          ...(id !== undefined && enabled !== undefined && { mapping: { id, enabled } }),
        },
      ];
    }),
  );
}

function invokedArns({ functions, mappings, topics }: Cloud): string[] {
  return [
    ...mappings.list().map(({ functionArn }) => functionArn),
    ...topics
      .subscriptions()
      .flatMap(({ protocol, endpoint }) => (protocol === "lambda" ? [endpoint] : [])),
  ].filter((arn) => functions.find(arn) !== undefined);
}
