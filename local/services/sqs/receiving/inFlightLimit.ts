import { queueLimits } from "../../../../aws/limits.ts";
import type { QueueCounts } from "../inspection.ts";
import type { Definition } from "../queue.ts";

const limit = queueLimits.messagesInFlight;

/**
 * Keeps a queue from having more than 120,000 messages in flight. It counts upwards from the last
 * exact count, and counts again only when the limit seems to be reached.
 */
export class InFlightLimit {
  readonly #inspection: { counts(queue: Definition): QueueCounts };
  readonly #atMost = new Map<number, number>();

  constructor(inspection: { counts(queue: Definition): QueueCounts }) {
    this.#inspection = inspection;
  }

  /** How many more messages may be received. */
  room(queue: Definition): number {
    const atMost = this.#atMost.get(queue.id) ?? limit;
    if (atMost < limit) return limit - atMost;
    const { inFlight } = this.#inspection.counts(queue);
    this.#atMost.set(queue.id, inFlight);
    return Math.max(0, limit - inFlight);
  }

  handedOut(queue: Definition, messages: number): void {
    this.#atMost.set(queue.id, (this.#atMost.get(queue.id) ?? 0) + messages);
  }
}
