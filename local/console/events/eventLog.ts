import type { Hop } from "../../trace/hop.ts";
import {
  addHop,
  beginning,
  copyOf,
  type EventPage,
  type EventSummary,
  type GrowingSummary,
  isAside,
  mostEvents,
} from "./eventSummary.ts";

/** What the log needs of the trace. */
type Source = { listen(listener: (hop: Hop) => void): unknown };

type Entry = { readonly summary: GrowingSummary; isCounted: boolean };

/** The summaries of the latest events, for readers that come later or miss some hops. */
export class EventLog {
  readonly #byId = new Map<string, Entry>();
  /** By their first hop. */
  #inOrder: Entry[] = [];
  #sequence = 0;
  #counted = 0;

  readonly #most: number;

  constructor(trace: Source, most = mostEvents) {
    this.#most = most;
    trace.listen((hop) => this.#add(hop));
  }

  /** Of the latest hop that is counted in. */
  get sequence(): number {
    return this.#sequence;
  }

  find(id: string): EventSummary | undefined {
    return this.#byId.get(id)?.summary;
  }

  /** How many events there have been, without what lists leave out: results of others, files of the program. */
  get count(): number {
    return this.#counted;
  }

  /**
   * @param before only events whose first hop has a lower sequence. @default all
   * @param after only events with a hop of a higher sequence. @default all
   * @param most events of a page
   */
  page({ before = Number.POSITIVE_INFINITY, after = 0, most }: PageRequest): EventPage {
    const events: EventSummary[] = [];
    let place = this.#placeOf(before);
    while (place > 0 && events.length < most) {
      const summary = this.#inOrder[--place]?.summary;
      if (summary !== undefined && summary.latest > after) events.push(copyOf(summary));
    }
    const last = this.#inOrder[place]?.summary.first;
    return { events, ...(place > 0 && last !== undefined && { next: last }) };
  }

  #add(hop: Hop): void {
    this.#sequence = hop.sequence;
    const entry = this.#byId.get(hop.event) ?? this.#begin(hop);
    addHop(entry.summary, hop);
    if (entry.isCounted || isAside(entry.summary)) return;
    entry.isCounted = true;
    this.#counted++;
  }

  #begin(hop: Hop): Entry {
    const summary = beginning(hop);
    const entry = { summary: { ...summary, title: detached(summary.title) }, isCounted: false };
    this.#byId.set(hop.event, entry);
    this.#inOrder.push(entry);
    if (this.#inOrder.length > 1.1 * this.#most) this.#forget();
    return entry;
  }

  /** Many at once, because the rest moves up. */
  #forget(): void {
    const forgotten = this.#inOrder.length - this.#most;
    for (const { summary } of this.#inOrder.slice(0, forgotten)) this.#byId.delete(summary.id);
    this.#inOrder = this.#inOrder.slice(forgotten);
  }

  /** How many began before that hop. */
  #placeOf(sequence: number): number {
    let [low, high] = [0, this.#inOrder.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#inOrder[middle]?.summary.first ?? 0) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

type PageRequest = {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly most: number;
};

/** A copy: the beginning of a long text may be no more than a view of it, which would keep all of it in memory. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
