/** Milliseconds between two looks: while things happen, and while nothing does. */
const briskly = 300;
const calmly = 2000;

/** Looks again and again while the page is seen, one look at a time. */
export class Polling {
  readonly #look: () => Promise<void>;
  #looking = false;
  #timer = 0;
  /** When the next look is due; wanted while one is under way, it comes after that. */
  #due = Number.POSITIVE_INFINITY;

  constructor(look: () => Promise<void>) {
    this.#look = look;
    document.addEventListener("visibilitychange", () => this.now());
  }

  now(): void {
    this.#within(0);
  }

  /** Something happens: more may follow at once. */
  soon(): void {
    this.#within(briskly);
  }

  #within(milliseconds: number): void {
    const time = performance.now() + milliseconds;
    if (time >= this.#due) return;
    this.#due = time;
    if (!this.#looking) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (document.hidden) {
      this.#due = Number.POSITIVE_INFINITY;
      return;
    }
    this.#timer = window.setTimeout(() => void this.#run(), this.#due - performance.now());
  }

  async #run(): Promise<void> {
    this.#looking = true;
    this.#due = performance.now() + calmly;
    await this.#look();
    this.#looking = false;
    this.#wait();
  }
}
