import { queueLimits } from "../../../../aws/limits.ts";
import type { Clock } from "../../../time/clock.ts";
import { invalidValue, receiptHandleIsInvalid } from "../errors.ts";
import type { Fairness } from "../fairness/fairness.ts";
import type { MessageState, MessageTable, StoredMessage } from "../messageTable.ts";
import type { Definition } from "../queue.ts";
import type { Watchers } from "../watchers.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
const longestVisibilityTimeout = queueLimits.visibilityTimeoutSeconds.max;

type Parts = {
  readonly clock: Clock;
  readonly messages: MessageTable;
  readonly watchers: Watchers;
  readonly fairness: Fairness;
};

/** What a receiver does with a message that it has: deletes it, or changes when it is visible again. */
export class Receipts {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * A standard queue deletes by any handle of a message that is visible again, until 12 hours after its
   * latest receive. While a later receiver has the message, an older handle deletes nothing and is not an
   * error. A FIFO queue rejects a handle whose message is not in flight by it.
   *
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   */
  delete(queue: Definition, handle: string): void {
    const { messages, clock, watchers, fairness } = this.#parts;
    const found = this.#find(queue, handle);
    if (found === undefined) return;
    const { message, latest } = found;
    const now = clock.now();
    const inFlight = message.visibleAt > now;
    const expired = queue.fifo ? !(latest && inFlight) : isTooOld(message, now);
    if (expired) {
      throw invalidValue(handle, "ReceiptHandle", "The receipt handle has expired.");
    }
    if (!latest && inFlight) return;
    fairness.processed(queue, message, Math.min(clock.now(), message.visibleAt));
    messages.remove(queue.id, queue.fifo, message);
    if (queue.fifo) watchers.changed(queue.id);
  }

  /** In a standard queue every handle of the message will do, and it need not be in flight still. */
  changeVisibility(queue: Definition, handle: string, seconds: number): void {
    const { messages, clock, watchers } = this.#parts;
    checkVisibilityTimeout(seconds);
    const now = clock.now();
    const found = this.#find(queue, handle);
    const usable =
      found !== undefined && (!queue.fifo || (found.latest && found.message.visibleAt > now));
    if (!usable) {
      throw invalidValue(
        handle,
        "ReceiptHandle",
        "Message does not exist or is not available for visibility timeout change.",
      );
    }
    checkTotal(found.message, seconds, now);
    messages.setVisibleAt(found.message, now + seconds * 1000);
    watchers.receivableAt(queue.id, now + seconds * 1000);
  }

  #find(queue: Definition, handle: string) {
    const { sequence, messageId, receive } = readReceiptHandle(queue, handle);
    const message = this.#parts.messages.state(queue.id, sequence, messageId);
    return message && { message, latest: message.receiveCount === receive };
  }
}

/** @throws InvalidParameterValue outside of 0 to 43,200 seconds */
export function checkVisibilityTimeout(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= longestVisibilityTimeout) return;
  throw invalidValue(
    seconds,
    "VisibilityTimeout",
    `Must be >= 0 and <= ${longestVisibilityTimeout}, if provided.`,
  );
}

/** Whether the latest receive was longer ago than a message may be in flight. */
function isTooOld({ receivedAt }: MessageState, now: number): boolean {
  return now - (receivedAt ?? now) > longestVisibilityTimeout * 1000;
}

/** A message stays in flight for 12 hours at most, counted from its receive. */
function checkTotal({ receivedAt }: MessageState, seconds: number, now: number): void {
  const sinceReceive = Math.floor((now - (receivedAt ?? now)) / 1000);
  if (sinceReceive + seconds <= longestVisibilityTimeout) return;
  throw invalidValue(
    seconds,
    "VisibilityTimeout",
    `Total VisibilityTimeout for the message is beyond the limit [${longestVisibilityTimeout} seconds]`,
  );
}

/** What a receipt handle identifies: one receive of one message of one queue. */
type Receipt = {
  readonly sequence: number;
  readonly messageId: string;
  /** The message's receive count by that receive. */
  readonly receive: number;
};

/** The handle of a message's latest receive. */
export function receiptHandle(queue: Definition, message: StoredMessage): string {
  const { sequence, receiveCount, messageId } = message;
  return Buffer.from(`${queue.id} ${sequence} ${receiveCount} ${messageId}`).toString("base64");
}

/** @throws ReceiptHandleIsInvalid when the handle is none, or another queue's */
function readReceiptHandle(queue: Definition, handle: string): Receipt {
  const text = Buffer.from(handle, "base64").toString("latin1");
  const parts = /^(\d+) (\d+) (\d+) ([\da-f-]{36})$/.exec(text);
  if (parts === null || Number(parts[1]) !== queue.id) throw receiptHandleIsInvalid(handle);
  return {
    sequence: Number(parts[2]),
    receive: Number(parts[3]),
    messageId: String(parts[4]),
  };
}
