import type { Found } from "../events/searchText.ts";
import { get } from "./api.ts";
import type { State } from "./state.ts";
import { messageOf } from "./words.ts";

/** Milliseconds after the last key until the run is asked. */
const pause = 200;

/**
 * Has the run look for the text of the choice in messages and reasons: the page knows titles and ids only. What it
 * finds is shown as it comes, the latest events first.
 */
export class EventSearch {
  readonly #state: State;
  readonly #draw: () => void;
  /** Ids of events, for the present text. */
  #found = new Set<string>();
  #text = "";
  /** Where the next search begins, for events that come later; undefined until the first one has ended. */
  #after: number | undefined;
  #timer = 0;

  constructor(state: State, draw: () => void) {
    this.#state = state;
    this.#draw = draw;
  }

  /** Grows while a search goes on; another one for each text. */
  get found(): ReadonlySet<string> {
    return this.#found;
  }

  /** Begins anew. */
  start(text: string): void {
    clearTimeout(this.#timer);
    this.#text = text;
    this.#found = new Set();
    this.#after = undefined;
    this.#state.search = { isUnderWay: text !== "" };
    if (text !== "") this.#timer = window.setTimeout(() => void this.#run(text, 0), pause);
  }

  /** Looks through what has happened since. */
  continue(): void {
    const after = this.#after;
    if (this.#text === "" || after === undefined) return;
    this.#after = undefined;
    void this.#run(this.#text, after);
  }

  async #run(text: string, after: number): Promise<void> {
    try {
      let latest: number | undefined;
      for (let upTo: number | undefined; text === this.#text; ) {
        const found = await search(text, after, upTo);
        if (text !== this.#text) return;
        latest ??= found.latest;
        for (const id of found.events) this.#found.add(id);
        this.#state.events.reconsider(found.events);
        this.#draw();
        upTo = found.next;
        if (upTo === undefined) break;
      }
      this.#after = latest;
      this.#state.search = { isUnderWay: false };
    } catch (error) {
      this.#state.search = { isUnderWay: false, problem: messageOf(error) };
    }
    this.#draw();
  }
}

function search(text: string, after: number, upTo: number | undefined): Promise<Found> {
  return get<Found>("search", {
    text,
    after: String(after),
    ...(upTo !== undefined && { upTo: String(upTo) }),
  });
}
