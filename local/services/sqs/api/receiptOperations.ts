import type { Operations } from "../../../protocol/call.ts";
import type { Queue } from "../queue.ts";
import type { Queues } from "../queues.ts";
import { attempt, batchEntries, batchResult } from "./batch.ts";
import type { Input } from "./input.ts";
import type { QueueAccess } from "./queueAccess.ts";

/** What a receiver does with messages that it has: deletes them, or changes when they are visible again. */
export function receiptOperations(queues: Queues, access: QueueAccess): Operations {
  const remove = ({ arn }: Queue, input: Input) =>
    queues.deleteMessage(arn, input.requiredText("ReceiptHandle"));

  const changeVisibility = ({ arn }: Queue, input: Input) =>
    queues.changeVisibility(
      arn,
      input.requiredText("ReceiptHandle"),
      input.requiredInteger("VisibilityTimeout"),
    );

  return {
    DeleteMessage: access.onQueue("DeleteMessage", (queue, input) => {
      remove(queue, input);
      return {};
    }),

    DeleteMessageBatch: access.onQueue("DeleteMessage", (queue, input) => {
      const entries = batchEntries(input, "DeleteMessageBatchRequestEntry");
      const outcomes = queues.atOnce(() =>
        entries.map((entry) => attempt(() => remove(queue, entry.input))),
      );
      return batchResult(entries, outcomes);
    }),

    ChangeMessageVisibility: access.onQueue("ChangeMessageVisibility", (queue, input) => {
      changeVisibility(queue, input);
      return {};
    }),

    ChangeMessageVisibilityBatch: access.onQueue("ChangeMessageVisibility", (queue, input) => {
      const entries = batchEntries(input, "ChangeMessageVisibilityBatchRequestEntry");
      const outcomes = queues.atOnce(() =>
        entries.map((entry) => attempt(() => changeVisibility(queue, entry.input))),
      );
      return batchResult(entries, outcomes);
    }),
  };
}
