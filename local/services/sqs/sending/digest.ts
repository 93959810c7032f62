import { hash } from "node:crypto";
import type { MessageAttribute, MessageAttributes } from "../../../../aws/messageAttributes.ts";

/** MD5 of a message's body, in hexadecimal. */
export function md5OfBody(body: string): string {
  return hash("md5", body);
}

/**
 * MD5 of a message's attributes, in hexadecimal, or undefined when there are none: over the attributes
 * by name, each as name, type, a byte for the kind of value, and value, with their lengths.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function md5OfAttributes(attributes: MessageAttributes | undefined): string | undefined {
  const entries = Object.entries(attributes ?? {});
  if (entries.length === 0) return undefined;
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return hash("md5", Buffer.concat(entries.flatMap(([name, value]) => encode(name, value))));
}

/** SHA-256 of a body, in hexadecimal: the deduplication id of a message that brings none. */
export function contentBasedDeduplicationId(body: string): string {
  return hash("sha256", body);
}

function encode(name: string, { dataType, stringValue, binaryValue }: MessageAttribute): Buffer[] {
  const [kind, value] =
    binaryValue === undefined
      ? ([1, Buffer.from(stringValue ?? "")] as const)
      : ([2, Buffer.from(binaryValue, "base64")] as const);
  return [
    ...withLength(Buffer.from(name)),
    ...withLength(Buffer.from(dataType)),
    Buffer.of(kind),
    ...withLength(value),
  ];
}

function withLength(bytes: Buffer): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}
