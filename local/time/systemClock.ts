import type { Activity } from "./activity.ts";
import type { Cancel, Clock } from "./clock.ts";
import { Schedule } from "./schedule.ts";

/** The longest wait of a Node timer, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * A clock that runs `speed` times as fast as the machine's while nothing but waiting goes on, and at
 * the machine's pace while handlers work: a handler needs its real seconds, and a visibility timeout
 * that raced past it would show redeliveries that AWS would not make.
 */
export class SystemClock implements Clock {
  readonly #schedule = new Schedule();
  readonly #speed: number;
  #rate: number;
  #realAnchor = performance.now();
  #cloudAnchor: number;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param speed how many seconds pass for one of the machine's, 1 or more. @default 1
   * @param earliest it begins at the machine's time, but not before this one. @default 0
   */
  constructor(activity: Activity, speed = 1, earliest = 0) {
    this.#cloudAnchor = Math.max(Date.now(), earliest);
    this.#speed = speed;
    this.#rate = speed;
    activity.onChange((busy) => this.#setRate(busy ? 1 : this.#speed));
  }

  now(): number {
    return this.#cloudAnchor + Math.floor((performance.now() - this.#realAnchor) * this.#rate);
  }

  at(time: number, action: () => void): Cancel {
    const cancel = this.#schedule.add(time, action);
    this.#arm();
    return () => {
      cancel();
      // A timer without anything to do would keep the process alive until then.
      if (this.#schedule.next() === undefined) clearTimeout(this.#timer);
    };
  }

  #setRate(rate: number): void {
    if (rate === this.#rate) return;
    this.#cloudAnchor = this.now();
    this.#realAnchor = performance.now();
    this.#rate = rate;
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#schedule.next();
    if (next === undefined) return;
    const wait = Math.max(0, (next - this.now()) / this.#rate);
    this.#timer = setTimeout(() => this.#runDue(), Math.min(wait, longestTimer));
  }

  #runDue(): void {
    try {
      for (let due = this.#next(); due !== undefined; due = this.#next()) due();
    } finally {
      this.#arm();
    }
  }

  #next(): (() => void) | undefined {
    return this.#schedule.takeDue(this.now());
  }
}
