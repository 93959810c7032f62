import type { Clock } from "../clock.ts";
import type { Hop, Step } from "./hop.ts";

/** How many of the latest hops are kept for whoever begins to listen late. */
const kept = 10_000;

/** The record of every hop, for the console, the demo, and tests. */
export class Trace {
  readonly #clock: Clock;
  readonly #listeners = new Set<(hop: Hop) => void>();
  #recent: Hop[] = [];
  #sequence = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  record(event: string, from: string, to: string, step: Step): void {
    const hop: Hop = {
      sequence: ++this.#sequence,
      time: this.#clock.now(),
      event,
      from,
      to,
      ...step,
    };
    this.#recent.push(hop);
    if (this.#recent.length > 2 * kept) this.#recent = this.#recent.slice(-kept);
    for (const listener of this.#listeners) listener(hop);
  }

  /** The latest hops, oldest first: 10,000 or somewhat more of them. */
  recent(): readonly Hop[] {
    return this.#recent;
  }

  /** Calls `listener` for every hop from now on, until the function that it returns is called. */
  listen(listener: (hop: Hop) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
