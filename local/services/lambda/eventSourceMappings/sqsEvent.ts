import { parseArn } from "../../../../aws/arn.ts";
import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import type { ReceivedMessage } from "../../sqs/interface.ts";

/**
 * The event that a function gets for a batch, JSON text.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 *
 * @param records made by `sqsRecord`
 */
export function sqsEvent(records: readonly string[]): string {
  return `{"Records":[${records.join(",")}]}`;
}

/**
 * One message of a batch, JSON text.
 *
 * @param hasWindow whether the mapping gathers batches: AWS then has a null for a digest that is missing
 */
export function sqsRecord(message: ReceivedMessage, queueArn: string, hasWindow: boolean): string {
  const { md5OfAttributes } = message;
  return JSON.stringify({
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.systemAttributes,
    messageAttributes: messageAttributes(message.attributes),
    md5OfMessageAttributes: md5OfAttributes ?? (hasWindow ? null : undefined),
    md5OfBody: message.md5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: parseArn(queueArn)?.region,
  });
}

function messageAttributes(attributes: MessageAttributes): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { stringValue, binaryValue, dataType }]) => [
      name,
      { stringValue, binaryValue, stringListValues: [], binaryListValues: [], dataType },
    ]),
  );
}
