import type { Cancel, Clock } from "./clock.ts";
import { Schedule } from "./schedule.ts";

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  readonly #schedule = new Schedule();
  readonly #settled: () => Promise<void>;
  #now: number;

  /**
   * @param settled waits for the work that an action started (invocations in child processes, say),
   *   so that the clock does not run ahead of it. @default resolves in the next turn
   * @param start cloud time at the start, in milliseconds since 1970. @default 1 January 2026, UTC
   */
  constructor(settled: () => Promise<void> = nextTurn, start = Date.UTC(2026, 0, 1)) {
    this.#settled = settled;
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(time: number, action: () => void): Cancel {
    return this.#schedule.add(time, action);
  }

  /** Lets `milliseconds` pass: runs every action that falls due, in order, each with the work it starts. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await this.#settled();
    for (let next = this.#schedule.next(); next !== undefined && next <= end; ) {
      this.#now = Math.max(this.#now, next);
      this.#schedule.takeDue(this.#now)?.();
      await this.#settled();
      next = this.#schedule.next();
    }
    this.#now = end;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
