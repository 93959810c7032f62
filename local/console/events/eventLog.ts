import type { Hop } from "../../trace/hop.ts";
import { type EventSummary, isNoise, summaryWith } from "./eventSummary.ts";

/** How many events are remembered: more than the trace has hops. */
export const mostEvents = 100_000;

/** What the log needs of the trace. */
type Source = { listen(listener: (hop: Hop) => void): unknown };

/** Some of the events, and where to go on. */
export type EventPage = {
  /** The latest first. */
  readonly events: readonly EventSummary[];
  /** `before` of the next page; absent where there is none. */
  readonly next?: number;
};

type Entry = { summary: EventSummary };

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

  /** How many events there have been, without files of the program and the like. */
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
      if (summary !== undefined && summary.latest > after) events.push(summary);
    }
    const last = this.#inOrder[place]?.summary.first;
    return { events, ...(place > 0 && last !== undefined && { next: last }) };
  }

  #add(hop: Hop): void {
    this.#sequence = hop.sequence;
    const known = this.#byId.get(hop.event);
    const summary = summaryWith(known?.summary, hop);
    const wasCounted = known !== undefined && !isNoise(known.summary);
    if (!wasCounted && !isNoise(summary)) this.#counted++;
    if (known !== undefined) {
      known.summary = summary;
      return;
    }
    const entry = { summary };
    this.#byId.set(hop.event, entry);
    this.#inOrder.push(entry);
    if (this.#inOrder.length > 1.1 * this.#most) this.#forget();
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
