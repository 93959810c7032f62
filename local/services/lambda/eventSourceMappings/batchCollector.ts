import type { ReceivedMessage } from "../../sqs/interface.ts";
import { sqsEvent } from "./sqsEvent.ts";

/** Messages that a function gets together. */
export type Batch = {
  readonly messages: readonly ReceivedMessage[];
  /** The messages as a function's event has them, JSON text each. */
  readonly records: readonly string[];
  /** Cloud time at which the first of them can be received again. */
  readonly visibleAt: number;
};

export type CollectorLimits = {
  readonly mostMessages: number;
  /** Of the whole event. */
  readonly mostBytes: number;
};

/** The event around its records, and the comma after each. */
const eventBytes = Buffer.byteLength(sqsEvent([]));
const commaBytes = 1;

/** Gathers messages into batches, none of which is larger than the limits. */
export class BatchCollector {
  readonly #limits: CollectorLimits;
  #messages: ReceivedMessage[] = [];
  #records: string[] = [];
  #bytes = eventBytes;
  #visibleAt = Number.POSITIVE_INFINITY;

  constructor(limits: CollectorLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#messages.length;
  }

  /**
   * @param record the message in the function's event, JSON text
   * @param visibleAt cloud time at which the message can be received again
   * @returns the batch that is closed because of this message: it is in it, or has no room in it
   */
  add(message: ReceivedMessage, record: string, visibleAt: number): Batch | undefined {
    const bytes = Buffer.byteLength(record) + commaBytes;
    const full = this.#bytes + bytes > this.#limits.mostBytes ? this.close() : undefined;
    this.#messages.push(message);
    this.#records.push(record);
    this.#bytes += bytes;
    this.#visibleAt = Math.min(this.#visibleAt, visibleAt);
    return full ?? (this.size === this.#limits.mostMessages ? this.close() : undefined);
  }

  /** Closes the batch as it is. */
  close(): Batch | undefined {
    if (this.size === 0) return undefined;
    const batch = { messages: this.#messages, records: this.#records, visibleAt: this.#visibleAt };
    this.#messages = [];
    this.#records = [];
    this.#bytes = eventBytes;
    this.#visibleAt = Number.POSITIVE_INFINITY;
    return batch;
  }
}
