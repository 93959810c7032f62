import { type EventChoice, matchesChoice } from "./eventChoice.ts";
import { EventSearch } from "./eventSearch.ts";
import type { Slices } from "./slices.ts";
import type { State } from "./state.ts";

/** What the reader chooses to see, by fields with `data-filter`. */
export class Choices {
  readonly #state: State;
  readonly #slices: Slices;
  readonly #draw: () => void;
  readonly #search: EventSearch;

  /** @param slices looks through the events */
  constructor(state: State, slices: Slices, draw: () => void) {
    this.#state = state;
    this.#slices = slices;
    this.#draw = draw;
    this.#search = new EventSearch(state, draw);
    this.apply();
  }

  /** Applies the choice again: the names of systems may be others. */
  apply(): void {
    const { events, eventChoice, overview } = this.#state;
    const matches = matchesChoice(eventChoice, overview?.systems ?? [], this.#search.found);
    this.#slices.do(events.choose(matches));
  }

  /** Has the search look through what has happened since. */
  keepUp(): void {
    this.#search.continue();
  }

  /** Takes a field's new value. */
  change(field: EventTarget | null): void {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    const { filter } = field.dataset;
    if (filter === "systems") {
      this.#state.systemText = field.value;
      this.#draw();
    } else if (filter !== undefined) this.#changeEvents(filter, field);
  }

  #changeEvents(filter: string, field: HTMLInputElement | HTMLSelectElement): void {
    const state = this.#state;
    state.eventChoice = { ...state.eventChoice, ...changed(filter, field) };
    state.eventScroll = { ...state.eventScroll, held: undefined };
    if (filter === "text") this.#search.start(field.value.trim());
    this.apply();
  }
}

function changed(
  filter: string,
  field: HTMLInputElement | HTMLSelectElement,
): Partial<EventChoice> {
  const { value } = field;
  switch (filter) {
    case "text":
      return { text: value };
    case "system":
      return { system: value };
    case "outcome":
      return { outcome: value === "open" || value === "trouble" ? value : "all" };
    case "everything":
      return { everything: field instanceof HTMLInputElement && field.checked };
    default:
      return {};
  }
}
