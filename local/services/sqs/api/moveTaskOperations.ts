import type { Operations } from "../../../protocol/call.ts";
import { invalidValue } from "../errors.ts";
import { type MoveTask, readTaskHandle, taskHandle } from "../moving/moveTaskTable.ts";
import type { Queues } from "../queues.ts";
import type { QueueAccess } from "./queueAccess.ts";

/** Moving dead letters back. */
export function moveTaskOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    StartMessageMoveTask: access.onAccount((input, call) => {
      const sourceArn = input.requiredText("SourceArn");
      access.check(call, "StartMessageMoveTask", sourceArn);
      const { taskHandle: TaskHandle } = queues.startMoveTask({
        sourceArn,
        destinationArn: input.text("DestinationArn"),
        maxMessagesPerSecond: input.integer("MaxNumberOfMessagesPerSecond"),
      });
      return { TaskHandle };
    }),

    ListMessageMoveTasks: access.onAccount((input, call) => {
      const sourceArn = input.requiredText("SourceArn");
      access.check(call, "ListMessageMoveTasks", sourceArn);
      const limit = input.integer("MaxResults") ?? 1;
      if (limit < 1 || limit > 10) {
        throw invalidValue(limit, "MaxResults", "Must be between 1 and 10, if provided.");
      }
      return { Results: queues.listMoveTasks(sourceArn, limit).map(taskOutput) };
    }),

    CancelMessageMoveTask: access.onAccount((input, call) => {
      const handle = input.requiredText("TaskHandle");
      const { sourceArn } = readTaskHandle(handle);
      // A source that does not exist is reported as such, whatever the caller may do.
      if (queues.find(sourceArn)) access.check(call, "CancelMessageMoveTask", sourceArn);
      return { ApproximateNumberOfMessagesMoved: queues.cancelMoveTask(handle).moved };
    }),
  };
}

function taskOutput(task: MoveTask): object {
  return {
    TaskHandle: task.status === "RUNNING" ? taskHandle(task) : undefined,
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.maxMessagesPerSecond,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failureReason,
    StartedTimestamp: task.startedAt,
  };
}
