import { type Message, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "../stack/clients.ts";

/**
 * Sends a received message to a queue, with its attributes, message group and trace.
 *
 * @param deduplicationId of a FIFO queue, which drops a second message of one id within 5 minutes
 */
export async function sendCopy(
  clients: Clients,
  queueUrl: string,
  message: Message,
  deduplicationId: string | undefined,
): Promise<void> {
  const { MessageGroupId, AWSTraceHeader } = message.Attributes ?? {};
  await clients.sqs(queueUrl).send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: message.Body,
      MessageAttributes: message.MessageAttributes,
      MessageGroupId,
      MessageDeduplicationId: deduplicationId,
      MessageSystemAttributes:
        AWSTraceHeader === undefined
          ? undefined
          : { AWSTraceHeader: { DataType: "String", StringValue: AWSTraceHeader } },
    }),
  );
}
