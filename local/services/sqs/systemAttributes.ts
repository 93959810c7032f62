import type { StoredMessage } from "./messageTable.ts";
import type { Definition } from "./queue.ts";

/**
 * A message's system attributes, by AWS's names.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function systemAttributes(
  queue: Definition,
  message: StoredMessage,
): Readonly<Record<string, string>> {
  const { groupId, deduplicationId, traceHeader, sourceArn, firstReceivedAt } = message;
  const attributes: Record<string, string> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
  };
  if (firstReceivedAt !== null) {
    attributes.ApproximateFirstReceiveTimestamp = String(firstReceivedAt);
  }
  if (queue.fifo) attributes.SequenceNumber = sequenceNumber(message.sequence);
  if (groupId !== null) attributes.MessageGroupId = groupId;
  if (deduplicationId !== null) attributes.MessageDeduplicationId = deduplicationId;
  if (traceHeader !== null) attributes.AWSTraceHeader = traceHeader;
  if (sourceArn !== null) attributes.DeadLetterQueueSourceArn = sourceArn;
  return attributes;
}

/** Sequence numbers have 20 digits and are not consecutive, as on AWS. */
const first = 18_800_000_000_000_000_000n;
const step = 256n;

/** The sequence number of a message of a FIFO queue, by its place in the order of entry. */
export function sequenceNumber(sequence: number): string {
  return String(first + BigInt(sequence) * step);
}
