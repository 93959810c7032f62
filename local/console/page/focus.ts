/**
 * Draws, and gives the focus to the heading of the view when what had it is no longer there: a button that removed
 * itself would send the reader back to the beginning of the page.
 */
export function keepFocus(panel: Element, draw: () => void): void {
  const before = document.activeElement;
  draw();
  const isLost = before !== null && before !== document.body && !before.isConnected;
  if (isLost) focusHeading(panel);
}

export function focusHeading(panel: Element): void {
  panel.querySelector<HTMLElement>(".view-title")?.focus({ preventScroll: true });
}

/** Leads a reader who closes a detail back to where it was opened. */
export class WayBack {
  readonly #places: readonly Element[];
  #hash: string | undefined;
  #isTaken = false;

  /** @param places are searched for the link in this order */
  constructor(places: readonly Element[]) {
    this.#places = places;
  }

  /** @param hash of the detail that was closed; undefined when the reader went on */
  set(hash: string | undefined): void {
    this.#hash = hash;
    this.#isTaken = false;
  }

  /** Whether the reader is back where the detail was opened. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Focuses the link to the detail, as soon as that is drawn. A list may come with a later answer of the run. */
  take(): void {
    const { activeElement } = document;
    const isWaiting = activeElement === document.body || activeElement?.matches(".view-title");
    if (this.#hash === undefined) return;
    if (!isWaiting) {
      // The reader has gone elsewhere.
      this.#hash = undefined;
      return;
    }
    const selector = `a[href="${CSS.escape(this.#hash)}"]`;
    const link = this.#places
      .map((place) => place.querySelector<HTMLElement>(selector))
      .find((found) => found?.checkVisibility());
    if (!link) return;
    this.#hash = undefined;
    this.#isTaken = true;
    link.focus();
  }
}
