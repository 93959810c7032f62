/** How much of something is kept. */
export type RecentLimits<T> = {
  readonly most: number;
  /** In characters, of all together. */
  readonly mostText: number;
  /** How much text one of them holds. */
  readonly textOf: (item: T) => number;
};

/** The latest of something, oldest first: as many as the limits let, or at times up to twice as many. */
export class Recent<T> {
  readonly #limits: RecentLimits<T>;
  #items: T[] = [];
  #text = 0;

  constructor(limits: RecentLimits<T>) {
    this.#limits = limits;
  }

  add(item: T): void {
    const { most, mostText, textOf } = this.#limits;
    this.#items.push(item);
    this.#text += textOf(item);
    if (this.#items.length > 2 * most || this.#text > 2 * mostText) this.#forget();
  }

  items(): readonly T[] {
    return this.#items;
  }

  /** Keeps the latest that are within both limits, and the very latest in any case. */
  #forget(): void {
    const { most, mostText, textOf } = this.#limits;
    const oldest = Math.max(0, this.#items.length - most);
    let first = this.#items.length;
    let text = 0;
    for (const item of this.#items.slice(oldest).reverse()) {
      const more = text + textOf(item);
      if (more > mostText && text > 0) break;
      text = more;
      first--;
    }
    this.#items = this.#items.slice(first);
    this.#text = text;
  }
}
