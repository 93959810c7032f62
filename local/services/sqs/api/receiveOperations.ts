import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import type { Operations } from "../../../protocol/call.ts";
import { invalidValue, unknownAttribute } from "../errors.ts";
import type { ReceivedMessage } from "../interface.ts";
import type { Queues } from "../queues.ts";
import { md5OfAttributes } from "../sending/digest.ts";
import type { Input } from "./input.ts";
import type { QueueAccess } from "./queueAccess.ts";

/** Messages out of queues. */
export function receiveOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    ReceiveMessage: access.onQueue("ReceiveMessage", async (queue, input, call) => {
      access.checkKey(call, queue, ["kms:Decrypt"]);
      const names = systemAttributeNames(input);
      const messages = await queues.receive(queue.arn, {
        maxMessages: maxMessages(input),
        visibilityTimeoutSeconds: input.integer("VisibilityTimeout"),
        waitSeconds: waitSeconds(input),
        attemptId: input.text("ReceiveRequestAttemptId"),
        receiver: call.callerArn,
        // A message received for a disconnected caller would stay hidden for its visibility timeout.
        ...(call.hungUp && { hungUp: call.hungUp }),
        ...(call.waitForClock && { onWait: call.waitForClock }),
      });
      if (messages.length === 0) return {};
      const wanted = input.texts("MessageAttributeNames");
      return { Messages: messages.map((message) => messageOutput(message, names, wanted)) };
    }),
  };
}

function maxMessages(input: Input): number {
  const number = input.integer("MaxNumberOfMessages") ?? 1;
  if (number >= 1 && number <= 10) return number;
  throw invalidValue(number, "MaxNumberOfMessages", "Must be between 1 and 10, if provided.");
}

function waitSeconds(input: Input): number | undefined {
  const seconds = input.integer("WaitTimeSeconds");
  if (seconds === undefined || (seconds >= 0 && seconds <= 20)) return seconds;
  throw invalidValue(seconds, "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.");
}

/** `AttributeNames` is the old name of the member, and counts when the new one is not there. */
function systemAttributeNames(input: Input): readonly string[] {
  const given = input.texts("MessageSystemAttributeNames");
  const names = given.length > 0 ? given : input.texts("AttributeNames");
  for (const name of names) {
    if (!knownSystemAttributes.has(name)) throw unknownAttribute(name);
  }
  return names;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const knownSystemAttributes = new Set([
  "All",
  "ApproximateFirstReceiveTimestamp",
  "ApproximateReceiveCount",
  "AWSTraceHeader",
  "DeadLetterQueueSourceArn",
  "MessageDeduplicationId",
  "MessageGroupId",
  "SenderId",
  "SentTimestamp",
  "SequenceNumber",
]);

function messageOutput(
  message: ReceivedMessage,
  systemNames: readonly string[],
  attributeNames: readonly string[],
): object {
  const system = Object.entries(message.systemAttributes).filter(
    ([name]) => systemNames.includes("All") || systemNames.includes(name),
  );
  const attributes = selectAttributes(message.attributes, attributeNames);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    Attributes: system.length > 0 ? Object.fromEntries(system) : undefined,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MessageAttributes: attributesOutput(attributes),
  };
}

/** By name, by a prefix with `.*` behind it, or all of them with `All`, `*` or `.*`. */
function selectAttributes(
  attributes: MessageAttributes,
  names: readonly string[],
): MessageAttributes {
  const all = names.some((name) => name === "All" || name === "*" || name === ".*");
  const prefixes = names.filter((name) => name.endsWith(".*")).map((name) => name.slice(0, -2));
  const selected = Object.entries(attributes).filter(
    ([name]) => all || names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)),
  );
  return Object.fromEntries(selected);
}

function attributesOutput(attributes: MessageAttributes): object | undefined {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { DataType: dataType, StringValue: stringValue, BinaryValue: binaryValue },
    ]),
  );
}
