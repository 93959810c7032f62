/** What a line of status needs of a terminal: `process.stdout`. */
export type Screen = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

/** Of a terminal that does not say how wide it is. */
const usualColumns = 80;

const clearLine = "\r\x1b[2K";

/**
 * The last line of a terminal, which is written anew in place, below the lines that are printed. Where there is no
 * terminal it is not shown: the lines alone are printed.
 */
export class StatusLine {
  readonly #screen: Screen;
  #text = "";
  #isClosed = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Whether it is shown. */
  get isLive(): boolean {
    return this.#screen.isTTY === true;
  }

  /** Of the terminal; undefined where there is none. */
  get columns(): number | undefined {
    return this.isLive ? this.#screen.columns || usualColumns : undefined;
  }

  /** Prints lines above it. */
  print(text: string): void {
    this.#screen.write(`${this.#shown("")}${text}\n${this.#text}`);
  }

  /** Replaces it. */
  set(text: string): void {
    if (!this.isLive || this.#isClosed) return;
    const line = text.slice(0, (this.columns ?? usualColumns) - 1);
    if (line === this.#text) return;
    this.#screen.write(this.#shown(line));
    this.#text = line;
  }

  /** Removes it. */
  clear(): void {
    this.set("");
  }

  /** Removes it for good: what is typed from now on is not to be overwritten. */
  close(): void {
    this.clear();
    this.#isClosed = true;
  }

  #shown(text: string): string {
    return this.#text === "" ? text : `${clearLine}${text}`;
  }
}
