import { receiptHandleIsInvalid } from "../errors.ts";
import type { StoredMessage } from "../messageTable.ts";
import type { Definition } from "../queue.ts";

/** What a receipt handle says: which receive of which message of which queue. */
export type Receipt = {
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
export function readReceiptHandle(queue: Definition, handle: string): Receipt {
  const text = Buffer.from(handle, "base64").toString("latin1");
  const parts = /^(\d+) (\d+) (\d+) ([\da-f-]{36})$/.exec(text);
  if (parts === null || Number(parts[1]) !== queue.id) throw receiptHandleIsInvalid(handle);
  return {
    sequence: Number(parts[2]),
    receive: Number(parts[3]),
    messageId: String(parts[4]),
  };
}
