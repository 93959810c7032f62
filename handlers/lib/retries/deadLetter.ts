import type {
  MessageAttributeValue,
  SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSMessageAttributes, SQSRecord } from "aws-lambda";
import { mostMessageAttributes } from "../../../aws/messageAttributes.ts";

/** The attribute of a dead letter that says why its handler rejected it. */
const reasonAttribute = "FailureReason";

const longestReason = 1000;

/** Sends a copy of a message to the dead-letter queue, with its attributes and the reason. @returns its id there */
export async function sendDeadLetter(
  client: SQSClient,
  deadLetterQueueUrl: string,
  record: SQSRecord,
  error: unknown,
): Promise<string | undefined> {
  const { SendMessageCommand } = await import("@aws-sdk/client-sqs");
  const { MessageId } = await client.send(
    new SendMessageCommand({
      QueueUrl: deadLetterQueueUrl,
      ...deadLetter(record, reasonOf(error)),
    }),
  );
  return MessageId;
}

/**
 * On a FIFO queue the message keeps its group. Its deduplication id is its message id: with the publisher's,
 * SQS would drop the letter of a message that was redriven and failed again within five minutes.
 */
function deadLetter(record: SQSRecord, reason: string): Omit<SendMessageCommandInput, "QueueUrl"> {
  const { MessageGroupId, MessageDeduplicationId, AWSTraceHeader } = record.attributes;
  return {
    MessageBody: record.body,
    MessageAttributes: withReason(sentAttributes(record.messageAttributes), reason),
    MessageGroupId,
    ...(MessageDeduplicationId && { MessageDeduplicationId: record.messageId }),
    ...(AWSTraceHeader && {
      MessageSystemAttributes: {
        AWSTraceHeader: { DataType: "String", StringValue: AWSTraceHeader },
      },
    }),
  };
}

/** A message that has all attributes that SQS allows keeps them; the reason is then in the log only. */
function withReason(
  attributes: Record<string, MessageAttributeValue>,
  reason: string,
): Record<string, MessageAttributeValue> {
  const { [reasonAttribute]: former, ...others } = attributes;
  return Object.keys(others).length < mostMessageAttributes
    ? { ...others, [reasonAttribute]: { DataType: "String", StringValue: reason } }
    : attributes;
}

function sentAttributes(attributes: SQSMessageAttributes): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      binaryValue === undefined
        ? { DataType: dataType, StringValue: stringValue }
        : { DataType: dataType, BinaryValue: Buffer.from(binaryValue, "base64") },
    ]),
  );
}

/** Without the characters that SQS does not accept. */
function reasonOf(error: unknown): string {
  return String(error)
    .slice(0, longestReason)
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "?");
}
