/** Milliseconds between two drawings of what merely happens: more often than anybody could follow. */
const pause = 120;

/** Draws with the browser's next frame, however often it is asked before. */
export class Drawing {
  readonly #draw: () => void;
  #frame = 0;
  #timer = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  now(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#draw();
    });
  }

  /** For what happens by itself, perhaps a thousand times a second. */
  soon(): void {
    if (this.#timer === 0) this.#timer = window.setTimeout(() => this.now(), pause);
  }
}
