import {
  isStorableNumber,
  type MessageAttribute,
  type MessageAttributes,
  mostMessageAttributes,
} from "../../../../aws/messageAttributes.ts";
import { invalidParameterValue } from "../errors.ts";

/**
 * Refuses attributes that SQS does not take.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > mostMessageAttributes) {
    throw invalidParameterValue(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${mostMessageAttributes}].`,
    );
  }
  for (const [name, attribute] of entries) {
    checkName(name);
    checkType(name, attribute.dataType);
    checkValue(name, attribute);
  }
}

function checkName(name: string): void {
  const refuse = (problem: string) =>
    invalidParameterValue(`Message (user) attribute name ${problem}.`);
  if (name === "") {
    throw invalidParameterValue(
      "The request must contain non-empty message (user) attribute names.",
    );
  }
  if (name.length > 256) throw refuse("must be shorter than 256 bytes");
  if (/^(aws|amazon)\./i.test(name)) {
    throw invalidParameterValue(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. These strings are reserved for internal use.",
    );
  }
  if (name.startsWith(".")) throw refuse("must not begin with character '.'");
  if (name.endsWith(".")) throw refuse("must not end with character '.'");
  if (name.includes("..")) throw refuse("must not have successive '.' characters");
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
    throw refuse(
      `'${name}' is invalid. It can contain only alphanumeric characters, hyphens, underscores and periods`,
    );
  }
}

function checkType(name: string, dataType: string): void {
  if (dataType === "") {
    throw invalidParameterValue(
      `The message (user) attribute '${name}' must contain a non-empty message attribute type.`,
    );
  }
  if (!/^(String|Number|Binary)(\..+)?$/s.test(dataType)) {
    throw invalidParameterValue(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  if (dataType.length > 256) {
    throw invalidParameterValue("Message (user) attribute type must be shorter than 256 bytes.");
  }
}

function checkValue(name: string, { dataType, stringValue, binaryValue }: MessageAttribute): void {
  if (stringValue !== undefined && binaryValue !== undefined) {
    throw invalidParameterValue(`Message (user) attribute '${name}' must have a single value.`);
  }
  if (!stringValue && !binaryValue) {
    throw invalidParameterValue(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${dataType}'.`,
    );
  }
  const kind = dataType.startsWith("Binary") ? "Binary" : "String";
  if ((kind === "Binary") !== (binaryValue !== undefined)) {
    throw invalidParameterValue(
      `Message (user) attribute '${name}' with type '${dataType}' must use field '${kind}'.`,
    );
  }
  if (stringValue === undefined) return;
  if (!hasOnlyAllowedCharacters(stringValue)) {
    throw invalidParameterValue(
      `Message (user) attribute '${name}' contains invalid characters. ${allowedCharacters}`,
    );
  }
  if (dataType.startsWith("Number") && !isStorableNumber(stringValue)) {
    throw invalidParameterValue(
      `Can't cast the value of message (user) attribute '${name}' to a number.`,
    );
  }
}

/** https://www.w3.org/TR/REC-xml/#charsets */
export const allowedCharacters =
  "Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";

export function hasOnlyAllowedCharacters(text: string): boolean {
  return (
    text.isWellFormed() &&
    !/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text)
  );
}
