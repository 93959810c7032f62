import type { EventSummary } from "../events/eventSummary.ts";

/** An event, the number of the choice that lists it (0 for none), and whether the list leaves it out by itself. */
export type Entry = { summary: EventSummary; listedBy: number; isAside: boolean };

/** Events in the order of their first hops. */
export class EventOrder {
  #entries: Entry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /** @param place 0 for the oldest */
  at(place: number): Entry | undefined {
    return this.#entries[place];
  }

  /** The latest of those that began before that hop, oldest first. */
  before(sequence: number, most: number): Entry[] {
    const end = this.#placeOf(sequence);
    return this.#entries.slice(Math.max(0, end - most), end);
  }

  /** Puts one in; most belong near the end. */
  insert(entry: Entry): void {
    const last = this.#entries.at(-1);
    if (last === undefined || byFirstHop(last, entry) < 0) this.#entries.push(entry);
    else this.#entries.splice(this.#placeOf(entry.summary.first), 0, entry);
  }

  /** Puts many in, which usually belong next to each other. */
  insertAll(entries: readonly Entry[]): void {
    const added = entries.toSorted(byFirstHop);
    const [first] = added;
    const last = added.at(-1);
    if (first === undefined || last === undefined) return;
    const place = this.#placeOf(first.summary.first);
    const next = this.#entries[place];
    this.#entries =
      next === undefined || byFirstHop(last, next) < 0
        ? [...this.#entries.slice(0, place), ...added, ...this.#entries.slice(place)]
        : [...this.#entries, ...added].sort(byFirstHop);
  }

  remove(entry: Entry): void {
    const place = this.#placeOf(entry.summary.first);
    if (this.#entries[place] === entry) this.#entries.splice(place, 1);
  }

  /** Takes out those that began before that hop. */
  removeBefore(sequence: number): Entry[] {
    return this.#entries.splice(0, this.#placeOf(sequence));
  }

  clear(): void {
    this.#entries = [];
  }

  /** How many began before that hop. */
  #placeOf(sequence: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.summary.first ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function byFirstHop(a: Entry, b: Entry): number {
  return a.summary.first - b.summary.first;
}
