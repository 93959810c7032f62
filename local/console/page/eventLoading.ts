import type { Events } from "../api/types.ts";
import type { EventSummary } from "../events/eventSummary.ts";
import { get } from "./api.ts";

/** Loads the events that the run remembers, page by page, the latest first. */
export class EventLoading {
  readonly #onPage: (events: readonly EventSummary[]) => void;
  /** A later loading takes the place of one that is under way. */
  #latest = 0;
  /** The hop after which everything is to be loaded, while not all of it is. */
  #after = Number.POSITIVE_INFINITY;

  constructor(onPage: (events: readonly EventSummary[]) => void) {
    this.#onPage = onPage;
  }

  /**
   * @param after loads only events with a hop of a higher sequence. @default all
   * @returns the sequence of the latest hop that the first page counts in
   */
  async load(after = 0): Promise<number> {
    const own = ++this.#latest;
    // What an earlier loading has not finished is loaded along.
    this.#after = Math.min(this.#after, after);
    const first = await this.#page(own);
    if (first === undefined) return after;
    void this.#rest(own, first.next).catch((error: unknown) => console.warn(error));
    return first.sequence;
  }

  async #rest(own: number, next: number | undefined): Promise<void> {
    for (let before = next; before !== undefined; ) {
      const page = await this.#page(own, before);
      if (page === undefined) return;
      before = page.next;
    }
    if (own === this.#latest) this.#after = Number.POSITIVE_INFINITY;
  }

  /** @returns undefined when another loading has begun */
  async #page(own: number, before?: number): Promise<Events | undefined> {
    const page = await get<Events>("events", {
      after: String(this.#after),
      ...(before !== undefined && { before: String(before) }),
    });
    if (own !== this.#latest) return undefined;
    this.#onPage(page.events);
    return page;
  }
}
