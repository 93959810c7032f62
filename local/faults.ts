/** An injected fault. */
export type ActiveFault<Fault> = {
  /** `fault-1`; unique in its list. */
  readonly id: string;
  readonly fault: Fault;
  /** How often it takes effect; absent for a fault that stays until it is removed. */
  readonly times?: number;
  /** How often it has taken effect until now. */
  readonly hits: number;
};

type Counted<Fault> = Omit<ActiveFault<Fault>, "hits"> & { hits: number };

/** Faults that tests and people inject, to see how a program copes with them. One that is used up disappears. */
export class Faults<Fault> {
  readonly #active = new Map<string, Counted<Fault>>();
  readonly #listeners = new Set<() => void>();
  readonly #prefix: string;
  #added = 0;

  /** @param prefix of ids: `fault` */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /**
   * @param times how often it takes effect, 1 or more. @default until it is removed
   * @throws RangeError for other numbers
   */
  add(fault: Fault, times?: number): ActiveFault<Fault> {
    if (times !== undefined && !(Number.isInteger(times) && times > 0)) {
      throw new RangeError(`times must be an integer of 1 or more (given ${times})`);
    }
    const id = `${this.#prefix}-${++this.#added}`;
    const active: Counted<Fault> = { id, fault, hits: 0, ...(times !== undefined && { times }) };
    this.#active.set(id, active);
    this.#changed();
    return active;
  }

  get isEmpty(): boolean {
    return this.#active.size === 0;
  }

  /** In the order in which they were added. */
  list(): readonly ActiveFault<Fault>[] {
    return [...this.#active.values()];
  }

  /** Counts one effect. */
  hit({ id }: ActiveFault<Fault>): void {
    const active = this.#active.get(id);
    if (active === undefined) return;
    active.hits++;
    if (active.hits === active.times) this.remove(id);
  }

  /** @returns whether it was in force */
  remove(id: string): boolean {
    const removed = this.#active.delete(id);
    if (removed) this.#changed();
    return removed;
  }

  clear(): void {
    for (const id of [...this.#active.keys()]) this.remove(id);
  }

  /** Calls `listener` whenever a fault comes or goes, until the function that it returns is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
