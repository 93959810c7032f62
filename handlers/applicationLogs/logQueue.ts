import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { LogMessage } from "./logObject.ts";

/** SQS hands out and takes back ten messages at a time. */
const mostAtOnce = 10;

/** Seconds. Above 0, SQS asks all of its servers: nothing found means that nothing is there. */
const longPoll = 1;

/** What fits into memory several times over. */
export const mostMessages = 1000;
const mostCharacters = 8_000_000;

/**
 * Pulls messages until there are enough for a batch, or no more in the queue, or no more time. What is
 * pulled stays hidden from others for the queue's visibility timeout.
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

/** @throws Error when SQS kept some of them: they will be delivered again */
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
