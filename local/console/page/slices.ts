/** Milliseconds of work in one go: a frame has 16, and drawing needs some of them. */
const longest = 6;

type Surroundings = {
  /** Milliseconds since any fixed time. */
  readonly now: () => number;
  /** Calls the work soon, once the browser had its turn. */
  readonly later: (work: () => void) => void;
  /** Called after each slice. */
  readonly onSlice: () => void;
};

/** Does work that consists of steps, a few milliseconds at a time, one job after the other. */
export class Slices {
  readonly #jobs: Iterator<unknown>[] = [];
  readonly #surroundings: Surroundings;
  #isDue = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** @param steps a step is done whenever the next item is asked for */
  do(steps: Iterable<unknown>): void {
    this.#jobs.push(steps[Symbol.iterator]());
    this.#wait();
  }

  /** Drops the jobs that have not begun. */
  clear(): void {
    this.#jobs.length = 0;
  }

  #wait(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#surroundings.later(() => {
      this.#isDue = false;
      this.#slice();
    });
  }

  #slice(): void {
    const { now, onSlice } = this.#surroundings;
    try {
      const end = now() + longest;
      while (this.#jobs.length > 0 && now() < end) this.#step();
    } finally {
      if (this.#jobs.length > 0) this.#wait();
      onSlice();
    }
  }

  /** A job that fails is not taken up again. */
  #step(): void {
    const job = this.#jobs.shift();
    if (job !== undefined && job.next().done !== true) this.#jobs.unshift(job);
  }
}
