import type { Cancel } from "./clock.ts";

type Entry = {
  readonly time: number;
  readonly order: number;
  readonly action: () => void;
  cancelled: boolean;
};

/** Actions by time: a binary heap, earliest first, and in the order of entry within one time. */
export class Schedule {
  readonly #heap: Entry[] = [];
  #entered = 0;

  add(time: number, action: () => void): Cancel {
    const entry: Entry = { time, order: this.#entered++, action, cancelled: false };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return () => {
      entry.cancelled = true;
    };
  }

  /** The time of the first action, or undefined when nothing is scheduled. */
  next(): number | undefined {
    while (this.#heap[0]?.cancelled) this.#removeFirst();
    return this.#heap[0]?.time;
  }

  /** Takes out the first action if it is due at `now`. */
  takeDue(now: number): (() => void) | undefined {
    const next = this.next();
    return next !== undefined && next <= now ? this.#removeFirst()?.action : undefined;
  }

  #removeFirst(): Entry | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(index: number): void {
    const parent = (index - 1) >> 1;
    if (index > 0 && this.#before(index, parent)) {
      this.#swap(index, parent);
      this.#rise(parent);
    }
  }

  #sink(index: number): void {
    const left = 2 * index + 1;
    const right = left + 1;
    const child = this.#before(right, left) ? right : left;
    if (this.#before(child, index)) {
      this.#swap(child, index);
      this.#sink(child);
    }
  }

  #before(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return first !== undefined;
    return first.time < second.time || (first.time === second.time && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
