import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { LogMessage } from "./logObject.ts";

/** SQS receives and deletes up to ten messages in one call. */
const mostAtOnce = 10;

/** Seconds. A long poll queries all servers of SQS, so that an empty result means an empty queue. */
const longPoll = 1;

/** A batch fits into memory several times. */
export const mostMessages = 1000;
const mostCharacters = 8_000_000;

/**
 * Receives messages until they fill a batch, the queue is empty, or the time is over. They stay invisible for
 * the queue's visibility timeout.
 */
export async function pull(
  sqs: SQSClient,
  queueUrl: string,
  hasTime: () => boolean,
): Promise<LogMessage[]> {
  const pulled = new Map<string, LogMessage>();
  let characters = 0;
  while (pulled.size < mostMessages && characters < mostCharacters && hasTime()) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(mostAtOnce, mostMessages - pulled.size),
        WaitTimeSeconds: longPoll,
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages.map(logMessage)) {
      pulled.set(message.messageId, message);
      characters += message.body.length;
    }
  }
  return [...pulled.values()];
}

/** @throws Error when SQS did not delete all of them; those are delivered again */
export async function remove(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly LogMessage[],
): Promise<void> {
  let kept = 0;
  for (let start = 0; start < messages.length; start += mostAtOnce) {
    const entries = messages.slice(start, start + mostAtOnce);
    const { Failed = [] } = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: entries.map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
        })),
      }),
    );
    kept += Failed.length;
  }
  if (kept > 0) throw new Error(`${kept} of ${messages.length} messages could not be deleted`);
}

function logMessage(message: Message): LogMessage {
  const { MessageId: messageId = "", ReceiptHandle: receiptHandle = "", Body: body = "" } = message;
  const time = new Date(Number(message.Attributes?.SentTimestamp)).toISOString();
  return { messageId, receiptHandle, time, body };
}
