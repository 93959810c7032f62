import type { Hop } from "../../trace/hop.ts";
import { combined, type EventSummary, mostEvents, summaryWith } from "../events/eventSummary.ts";
import { type Entry, EventOrder } from "./eventOrder.ts";

export type Matches = (event: EventSummary) => boolean;

/** How many events are looked at in one step, and forgotten at once. */
const atOnce = 500;

/**
 * The events that the page knows, and those of them that the reader has chosen, in the order in which they began.
 * A hop costs the same however many there are; what concerns all events is done step by step.
 */
export class EventIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #all = new EventOrder();
  readonly #listed = new EventOrder();
  readonly #isAside: Matches;
  #asides = 0;
  #matches: Matches = () => true;
  /** Of the present choice. */
  #choice = 1;
  #isChoosing = false;

  /** @param isAside which events the list leaves out unless it is asked for all */
  constructor(isAside: Matches = () => false) {
    this.#isAside = isAside;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** How many of them the list leaves out unless it is asked for all. */
  get asideSize(): number {
    return this.#asides;
  }

  /** How many are chosen. */
  get listedSize(): number {
    return this.#listed.size;
  }

  /** Whether a new choice has not come to all events yet. */
  get isChoosing(): boolean {
    return this.#isChoosing;
  }

  find(id: string): EventSummary | undefined {
    return this.#entries.get(id)?.summary;
  }

  /** @param place of a chosen event, 0 for the oldest */
  listedAt(place: number): EventSummary | undefined {
    return this.#listed.at(place)?.summary;
  }

  /** Counts a hop in. */
  add(hop: Hop): void {
    const known = this.#entries.get(hop.event);
    // It may have come with a page already.
    if (known !== undefined && hop.sequence <= known.summary.latest) return;
    if (known !== undefined) {
      this.#renew(known, summaryWith(known.summary, hop));
      this.#list(known);
      return;
    }
    const entry = this.#enter(summaryWith(undefined, hop));
    this.#all.insert(entry);
    this.#list(entry);
    this.#forgetOldest();
  }

  /** Counts in what the run knows of some events, of which hops may have been missed. */
  *merge(events: readonly EventSummary[]): Iterable<void> {
    for (let start = 0; start < events.length; start += atOnce) {
      const entries = events.slice(start, start + atOnce).flatMap((event) => this.#merged(event));
      this.#all.insertAll(entries);
      this.#listAll(entries);
      this.#forgetOldest();
      yield;
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#entries.clear();
    this.#asides = 0;
    this.#all.clear();
    this.#listed.clear();
  }

  /** Changes the choice, and lists the latest events first. */
  *choose(matches: Matches): Iterable<void> {
    const own = ++this.#choice;
    this.#matches = matches;
    this.#isChoosing = true;
    this.#listed.clear();
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const entries = this.#all.before(before, atOnce);
      this.#listAll(entries);
      before = entries[0]?.summary.first ?? 0;
      if (entries.length < atOnce) break;
      yield;
      if (own !== this.#choice) return;
    }
    this.#isChoosing = false;
  }

  /** Looks again whether some events are chosen. */
  reconsider(ids: Iterable<string>): void {
    const entries = [...ids].flatMap((id) => this.#entries.get(id) ?? []);
    this.#listAll(entries);
  }

  /** @returns what is to be put in order: a new event, or one that began earlier than was known */
  #merged(event: EventSummary): Entry[] {
    const known = this.#entries.get(event.id);
    if (known === undefined) return [this.#enter(event)];
    const summary = combined(event, known.summary);
    const stays = summary.first === known.summary.first;
    if (!stays) {
      this.#all.remove(known);
      this.#listed.remove(known);
      known.listedBy = 0;
    }
    this.#renew(known, summary);
    if (stays) this.#list(known);
    return stays ? [] : [known];
  }

  #enter(summary: EventSummary): Entry {
    const entry = { summary, listedBy: 0, isAside: false };
    this.#entries.set(summary.id, entry);
    this.#renew(entry, summary);
    return entry;
  }

  #renew(entry: Entry, summary: EventSummary): void {
    const isAside = this.#isAside(summary);
    if (isAside !== entry.isAside) this.#asides += isAside ? 1 : -1;
    entry.isAside = isAside;
    entry.summary = summary;
  }

  /** Of events that are not listed yet, usually next to each other. */
  #listAll(entries: readonly Entry[]): void {
    const chosen = entries.filter(
      (entry) => entry.listedBy !== this.#choice && this.#matches(entry.summary),
    );
    for (const entry of chosen) entry.listedBy = this.#choice;
    this.#listed.insertAll(chosen);
  }

  #list(entry: Entry): void {
    const isChosen = this.#matches(entry.summary);
    if (isChosen === (entry.listedBy === this.#choice)) return;
    entry.listedBy = isChosen ? this.#choice : 0;
    if (isChosen) this.#listed.insert(entry);
    else this.#listed.remove(entry);
  }

  /** Many at once, because the rest moves up. */
  #forgetOldest(): void {
    if (this.size < mostEvents + atOnce) return;
    const oldest = this.#all.at(this.size - mostEvents)?.summary.first ?? 0;
    for (const { summary, isAside } of this.#all.removeBefore(oldest)) {
      this.#entries.delete(summary.id);
      if (isAside) this.#asides--;
    }
    this.#listed.removeBefore(oldest);
  }
}
