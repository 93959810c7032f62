import { invalidParameter, invalidParameterBecause } from "../errors.ts";
import type { Publication } from "../interface.ts";
import type { Topic } from "../topic.ts";
import { checkMessageAttributes } from "./messageAttributeRules.ts";

type Message = Pick<Publication, "message" | "subject" | "attributes">;

/**
 * Refuses a message that SNS does not take, whatever it is published to.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function checkMessage({ message, subject, attributes = {} }: Message): void {
  if (subject !== undefined && !isSubject(subject)) throw invalidParameter("Subject");
  if (message === "") throw invalidParameter("Empty message");
  checkMessageAttributes(attributes);
}

/** Not empty, at most 100 characters, no line breaks or other control characters. */
function isSubject(text: string): boolean {
  return /^\P{Cc}{1,100}$/u.test(text);
}

/** Refuses a message group or deduplication id that is missing on that topic, or not for it. */
export function checkOrdering(
  topic: Topic,
  { groupId, deduplicationId }: Pick<Publication, "groupId" | "deduplicationId">,
): void {
  if (!topic.fifo && deduplicationId !== undefined) {
    throw invalidParameterBecause(
      "MessageDeduplicationId",
      "The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    );
  }
  if (topic.fifo && !groupId) {
    throw invalidParameter("The MessageGroupId parameter is required for FIFO topics");
  }
  if (topic.fifo && !deduplicationId && topic.attributes.ContentBasedDeduplication !== "true") {
    throw invalidParameter(
      "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
  checkId("MessageGroupId", groupId);
  checkId("MessageDeduplicationId", deduplicationId);
}

function checkId(parameter: string, id: string | undefined): void {
  if (id === undefined || /^[!-~]{1,128}$/.test(id)) return;
  throw invalidParameterBecause(
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length`,
  );
}

/** The bytes that a message counts: its text, and the names, types and values of its attributes. */
export function messageSize({ message, attributes = {} }: Message): number {
  return Object.entries(attributes).reduce(
    (size, [name, { dataType, stringValue = "", binaryValue = "" }]) =>
      size +
      Buffer.byteLength(name) +
      Buffer.byteLength(dataType) +
      Buffer.byteLength(stringValue) +
      Buffer.byteLength(binaryValue, "base64"),
    Buffer.byteLength(message),
  );
}

/**
 * The texts by protocol of a message with `MessageStructure: json`. Values that are not strings are ignored.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function readMessageStructure(message: string): Readonly<Record<string, string>> {
  const parsed = parse(message);
  const texts = Object.entries(parsed).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const byProtocol = Object.fromEntries(texts);
  if (byProtocol.default === undefined) {
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  }
  return byProtocol;
}

function parse(message: string): object {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
}
