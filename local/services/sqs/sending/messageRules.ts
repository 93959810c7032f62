import { queueLimits } from "../../../../aws/limits.ts";
import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import type { AwsError } from "../../../protocol/awsError.ts";
import {
  invalidMessageContents,
  invalidParameterValue,
  invalidValue,
  missingParameter,
} from "../errors.ts";
import type { NewMessage } from "../interface.ts";
import type { Definition } from "../queue.ts";
import {
  allowedCharacters,
  checkMessageAttributes,
  hasOnlyAllowedCharacters,
} from "./messageAttributeRules.ts";

/**
 * Refuses a message that the queue does not take, with AWS's error.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function checkMessage(queue: Definition, message: NewMessage): void {
  if (message.body === "") throw missingParameter("MessageBody");
  if (!hasOnlyAllowedCharacters(message.body)) {
    throw invalidMessageContents(`Invalid characters found. ${allowedCharacters}`);
  }
  checkMessageAttributes(message.attributes ?? {});
  checkId("MessageGroupId", message.groupId);
  checkId("MessageDeduplicationId", message.deduplicationId);
  checkDelay(queue, message.delaySeconds ?? 0);
  if (queue.fifo) checkFifo(queue, message);
  else if (message.deduplicationId !== undefined) {
    throw notForThisType(message.deduplicationId, "MessageDeduplicationId");
  }
}

/** Refuses a message that lacks what a FIFO queue needs. */
export function checkFifo({ settings }: Definition, message: NewMessage): void {
  if (message.groupId === undefined) throw missingParameter("MessageGroupId");
  if (message.deduplicationId !== undefined || settings.contentBasedDeduplication) return;
  throw invalidParameterValue(
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
}

/** Bytes that count against a queue's MaximumMessageSize: the body, and each attribute's name, type and value. */
export function messageSize(body: string, attributes: MessageAttributes = {}): number {
  let size = Buffer.byteLength(body);
  for (const [name, { dataType, stringValue, binaryValue }] of Object.entries(attributes)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(dataType);
    size += Buffer.byteLength(stringValue ?? "") + Buffer.byteLength(binaryValue ?? "", "base64");
  }
  return size;
}

export function notForThisType(value: string | number, parameter: string): AwsError {
  return invalidValue(
    value,
    parameter,
    "The request include parameter that is not valid for this queue type.",
  );
}

function checkId(parameter: string, id: string | undefined): void {
  if (id === undefined || /^[!-~]{1,128}$/.test(id)) return;
  throw invalidValue(
    id,
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function checkDelay(queue: Definition, seconds: number): void {
  if (queue.fifo && seconds !== 0) throw notForThisType(seconds, "DelaySeconds");
  const { min, max } = queueLimits.delaySeconds;
  if (Number.isInteger(seconds) && seconds >= min && seconds <= max) return;
  throw invalidValue(seconds, "DelaySeconds", `DelaySeconds must be >= ${min} and <= ${max}.`);
}
