import {
  isDecimal,
  type MessageAttribute,
  type MessageAttributes,
} from "../../../../aws/messageAttributes.ts";
import { invalidAttributeOfMessage } from "../errors.ts";

/**
 * Refuses attributes that SNS does not take with a message.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const problem = nameProblem(name) ?? valueProblem(name, attribute);
    if (problem !== undefined) throw invalidAttributeOfMessage(problem);
  }
}

function nameProblem(name: string): string | undefined {
  if (Buffer.byteLength(name) > 256) {
    return "Length of message attribute name must be less than 256 bytes.";
  }
  if (name.startsWith(".")) {
    return "Invalid message attribute name starting with character '.' was found.";
  }
  if (name.endsWith(".")) {
    return "Invalid message attribute name ending with character '.' was found.";
  }
  const [strange] = name.match(/[^\w.-]/u) ?? [];
  if (strange !== undefined) {
    const code = strange.codePointAt(0)?.toString(16).toUpperCase();
    return `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`;
  }
  return name.includes("..")
    ? "Message attribute name can not have successive '.' character."
    : undefined;
}

function valueProblem(
  name: string,
  { dataType, stringValue, binaryValue }: MessageAttribute,
): string | undefined {
  if (!/^(String|Number|Binary)(\..+)?$/s.test(dataType)) {
    return `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
  }
  const field = dataType.startsWith("Binary") ? "Binary" : "String";
  const value = field === "Binary" ? binaryValue : stringValue;
  const other = field === "Binary" ? stringValue : binaryValue;
  if (value === undefined && other !== undefined) {
    return `The message attribute '${name}' with type '${dataType}' must use field '${field}'.`;
  }
  if (!value) {
    return `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`;
  }
  return dataType.startsWith("Number") && !isDecimal(value)
    ? `Could not cast message attribute '${name}' value to number.`
    : undefined;
}
