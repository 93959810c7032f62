/**
 * Work in progress: invocations that are running. The clock slows to real time while there is any,
 * and tests wait for its end instead of sleeping.
 */
export class Activity {
  readonly #listeners: ((busy: boolean) => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** Calls `listener` when the first work begins (true) and when the last ends (false). */
  onChange(listener: (busy: boolean) => void): void {
    this.#listeners.push(listener);
  }

  /** Counts a piece of work until the function that it returns is called, once. */
  begin(): () => void {
    this.#count(1);
    let ended = false;
    return () => {
      if (!ended) this.#count(-1);
      ended = true;
    };
  }

  /** Leaves out a piece of work, which waits for the clock, until the function that it returns is called, once. */
  suspend(): () => void {
    this.#count(-1);
    let resumed = false;
    return () => {
      if (!resumed) this.#count(1);
      resumed = true;
    };
  }

  /** Resolves once nothing has been running for a whole turn of the event loop. */
  async idle(): Promise<void> {
    await nextTurn();
    while (this.#running > 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await nextTurn();
    }
  }

  #count(change: 1 | -1): void {
    const wasBusy = this.#running > 0;
    this.#running += change;
    const busy = this.#running > 0;
    if (busy !== wasBusy) for (const listener of this.#listeners) listener(busy);
    if (!busy) for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
