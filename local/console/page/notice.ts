/** How long something is to be read, in milliseconds. */
const shown = 6000;

/** Says what came of what the reader did. */
export class Notice {
  readonly #element: HTMLElement;
  #timer = 0;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  say(text: string, tone: "good" | "bad" = "good"): void {
    this.#element.textContent = text;
    this.#element.dataset.tone = tone;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#element.textContent = "";
    }, shown);
  }
}
