import type { Clock } from "../time/clock.ts";
import type { Hop, Step } from "./hop.ts";
import { Recent } from "./recent.ts";

/** The record of every hop, for the console, the demo, and tests. */
export class Trace {
  readonly #clock: Clock;
  readonly #listeners = new Set<(hop: Hop) => void>();
  readonly #recent = new Recent<Hop>({
    most: 10_000,
    mostText: 16 * 2 ** 20,
    textOf,
  });
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
    this.#recent.add(hop);
    for (const listener of this.#listeners) listener(hop);
  }

  /**
   * The latest hops, oldest first, for late listeners: at least 10,000,
   * but fewer where their bodies together have more than 16 million characters.
   */
  recent(): readonly Hop[] {
    return this.#recent.items();
  }

  /** Those of the latest hops that come after the one of that sequence. */
  after(sequence: number): readonly Hop[] {
    const hops = this.recent();
    const [oldest] = hops;
    // Sequences have no gaps.
    return oldest === undefined ? [] : hops.slice(Math.max(0, sequence - oldest.sequence + 1));
  }

  /** Calls `listener` for every hop from now on, until the function that it returns is called. */
  listen(listener: (hop: Hop) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Only publications are long. */
function textOf(hop: Hop): number {
  if (hop.kind !== "published") return 0;
  const values = Object.values(hop.attributes ?? {});
  return values.reduce(
    (length, { stringValue = "", binaryValue = "" }) =>
      length + stringValue.length + binaryValue.length,
    hop.body.length,
  );
}
