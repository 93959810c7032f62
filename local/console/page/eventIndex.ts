import type { Hop } from "../../trace/hop.ts";
import { mostEvents } from "../events/eventLog.ts";
import { combined, type EventSummary, summaryWith } from "../events/eventSummary.ts";

export type Matches = (event: EventSummary) => boolean;

type Entry = { summary: EventSummary; listed: boolean };

/**
 * The events that the page knows, and those of them that the reader has chosen, in the order in which they began.
 * A hop costs the same however many there are.
 */
export class EventIndex {
  readonly #entries = new Map<string, Entry>();
  /** By their first hop. */
  #all: Entry[] = [];
  #listed: Entry[] = [];
  #matches: Matches = () => true;

  get size(): number {
    return this.#entries.size;
  }

  /** How many are chosen. */
  get listedSize(): number {
    return this.#listed.length;
  }

  find(id: string): EventSummary | undefined {
    return this.#entries.get(id)?.summary;
  }

  /** @param place of a chosen event, 0 for the oldest */
  listedAt(place: number): EventSummary | undefined {
    return this.#listed[place]?.summary;
  }

  /** Counts a hop in. */
  add(hop: Hop): void {
    const known = this.#entries.get(hop.event);
    // It may have come with a page already.
    if (known !== undefined && hop.sequence <= known.summary.latest) return;
    const entry = known ?? { summary: summaryWith(undefined, hop), listed: false };
    if (known === undefined) {
      this.#entries.set(hop.event, entry);
      insert(this.#all, entry);
      this.#forgetOldest();
    } else entry.summary = summaryWith(known.summary, hop);
    this.#list(entry);
  }

  /** Counts in what the run knows of some events, of which hops may have been missed. */
  merge(events: readonly EventSummary[]): void {
    for (const event of events) {
      const entry = this.#entries.get(event.id);
      if (entry !== undefined) entry.summary = combined(event, entry.summary);
      else this.#entries.set(event.id, { summary: event, listed: false });
    }
    this.#all = [...this.#entries.values()].sort(byFirstHop);
    while (this.#entries.size > mostEvents) this.#forgetOldest();
    this.choose(this.#matches);
  }

  /** Forgets everything. */
  clear(): void {
    this.#entries.clear();
    this.#all = [];
    this.#listed = [];
  }

  /** Changes the choice. */
  choose(matches: Matches): void {
    this.#matches = matches;
    for (const entry of this.#all) entry.listed = matches(entry.summary);
    this.#listed = this.#all.filter(({ listed }) => listed);
  }

  #list(entry: Entry): void {
    const listed = this.#matches(entry.summary);
    if (listed === entry.listed) return;
    entry.listed = listed;
    if (listed) insert(this.#listed, entry);
    else this.#listed.splice(this.#listed.lastIndexOf(entry), 1);
  }

  #forgetOldest(): void {
    if (this.#entries.size <= mostEvents) return;
    const oldest = this.#all.shift();
    if (oldest === undefined) return;
    this.#entries.delete(oldest.summary.id);
    if (oldest.listed) this.#listed.shift();
  }
}

/** Most belong near the end. */
function insert(entries: Entry[], entry: Entry): void {
  let place = entries.length;
  while (place > 0 && byFirstHop(entries[place - 1] ?? entry, entry) > 0) place--;
  entries.splice(place, 0, entry);
}

function byFirstHop(a: Entry, b: Entry): number {
  return a.summary.first - b.summary.first;
}
