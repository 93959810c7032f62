import { queueLimits } from "../../../../aws/limits.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Operations } from "../../../protocol/call.ts";
import { keyActions } from "../../kms/interface.ts";
import { batchError } from "../errors.ts";
import type { NewMessage, SentMessage } from "../interface.ts";
import type { Queues } from "../queues.ts";
import { md5OfAttributes } from "../sending/digest.ts";
import { messageSize } from "../sending/messageRules.ts";
import { batchEntries, batchResult } from "./batch.ts";
import type { Input } from "./input.ts";
import { newMessage, systemAttributes } from "./messageInput.ts";
import type { QueueAccess } from "./queueAccess.ts";

/** Messages into queues. */
export function sendOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    SendMessage: access.onQueue("SendMessage", (queue, input, call) => {
      access.checkKey(call, queue, keyActions);
      return sentOutput(queues.send(queue.arn, newMessage(input, call)), input);
    }),

    SendMessageBatch: access.onQueue("SendMessage", (queue, input, call) => {
      access.checkKey(call, queue, keyActions);
      const kind = "SendMessageBatchRequestEntry";
      const entries = batchEntries(input, kind);
      const messages = entries.map((entry, index) =>
        newMessage(entry.input, call, `${kind}.${index + 1}.MessageBody`),
      );
      checkTotalSize(messages);
      const outcomes = queues
        .sendBatch(queue.arn, messages)
        .map((sent, index) =>
          sent instanceof AwsError ? sent : sentOutput(sent, entries[index]?.input),
        );
      return batchResult(entries, outcomes);
    }),
  };
}

function sentOutput(sent: SentMessage, input: Input | undefined): object {
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: sent.md5OfBody,
    MD5OfMessageAttributes: sent.md5OfAttributes,
    MD5OfMessageSystemAttributes: input && md5OfAttributes(systemAttributes(input)),
    SequenceNumber: sent.sequenceNumber,
  };
}

function checkTotalSize(messages: readonly NewMessage[]): void {
  const sizes = messages.map(({ body, attributes }) => messageSize(body, attributes));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= queueLimits.batchBytes) return;
  throw batchError(
    "BatchRequestTooLong",
    `Batch requests cannot be longer than ${queueLimits.batchBytes} bytes. You have sent ${total} bytes.`,
  );
}
