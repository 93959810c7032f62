import type { Hop } from "../../trace/hop.ts";
import { type EventSummary, summaryWith } from "../events/eventSummary.ts";

/** How many events the page remembers. */
const mostEvents = 100_000;

export type Matches = (event: EventSummary) => boolean;

type Entry = { summary: EventSummary; readonly number: number; listed: boolean };

/**
 * The events that the page knows, and those of them that the reader has chosen, in the order in which they began.
 * A hop costs the same however many there are.
 */
export class EventIndex {
  readonly #entries = new Map<string, Entry>();
  #listed: Entry[] = [];
  #matches: Matches = () => true;
  #added = 0;

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
    this.#set(summaryWith(this.find(hop.event), hop));
  }

  /** Starts again with these. */
  reset(events: readonly EventSummary[]): void {
    this.#entries.clear();
    this.#listed = [];
    for (const event of events) this.#set(event);
  }

  /** Changes the choice. */
  choose(matches: Matches): void {
    this.#matches = matches;
    this.#listed = [];
    for (const entry of this.#entries.values()) {
      entry.listed = matches(entry.summary);
      if (entry.listed) this.#listed.push(entry);
    }
  }

  #set(summary: EventSummary): void {
    const known = this.#entries.get(summary.id);
    const entry = known ?? { summary, number: this.#added++, listed: false };
    entry.summary = summary;
    if (known === undefined) {
      this.#entries.set(summary.id, entry);
      this.#forgetOldest();
    }
    const listed = this.#matches(summary);
    if (listed === entry.listed) return;
    entry.listed = listed;
    const place = this.#placeOf(entry);
    if (listed) this.#listed.splice(place, 0, entry);
    else this.#listed.splice(place, 1);
  }

  /** Where it stands, or has to stand: most are near the end. */
  #placeOf({ number }: Entry): number {
    let place = this.#listed.length;
    while (place > 0 && (this.#listed[place - 1]?.number ?? -1) >= number) place--;
    return place;
  }

  #forgetOldest(): void {
    if (this.#entries.size <= mostEvents) return;
    const [oldest] = this.#entries.values();
    if (oldest === undefined) return;
    this.#entries.delete(oldest.summary.id);
    if (oldest.listed) this.#listed.shift();
  }
}
