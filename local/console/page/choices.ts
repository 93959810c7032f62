import { get } from "./api.ts";
import { type EventChoice, matchesChoice } from "./eventChoice.ts";
import type { Slices } from "./slices.ts";
import type { State } from "./state.ts";

/** What the reader chooses to see, by fields with `data-filter`. */
export class Choices {
  readonly #state: State;
  readonly #slices: Slices;
  readonly #draw: () => void;
  /** Ids of events that have the text of the choice in their messages, as the local run found them. */
  #found: ReadonlySet<string> = new Set();
  #timer = 0;

  /** @param slices looks through the events */
  constructor(state: State, slices: Slices, draw: () => void) {
    this.#state = state;
    this.#slices = slices;
    this.#draw = draw;
    this.apply();
  }

  /** Applies the choice again: the names of systems may be others. */
  apply(): void {
    const { events, eventChoice, overview } = this.#state;
    const matches = matchesChoice(eventChoice, overview?.systems ?? [], this.#found);
    this.#slices.do(events.choose(matches));
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
    if (filter === "text") this.#search(field.value.trim());
    this.apply();
  }

  /** The page knows titles and ids; what is in the messages, only the run knows. */
  #search(text: string): void {
    clearTimeout(this.#timer);
    this.#found = new Set();
    if (text === "") return;
    this.#timer = window.setTimeout(async () => {
      const found = await get<string[]>("search", { text });
      if (text !== this.#state.eventChoice.text.trim()) return;
      this.#found = new Set(found);
      this.apply();
    }, 200);
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
