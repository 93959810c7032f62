import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { StatusLine } from "../local/terminal/statusLine.ts";

/** The process that the tool runs in. Tests pass their own. */
export type Terminal = {
  /** Prints results, one line or more. */
  readonly print: (text: string) => void;
  /** Prints notes, progress and errors. */
  readonly printNote: (text: string) => void;
  /** All of the standard input. */
  readonly readInput: () => Promise<string>;
  /** Asks the user; undefined when input or output is not a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Waits; rejects when `signal` aborts. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly colours: boolean;
  /** How wide the lines of results may be; undefined where no terminal shows them. */
  readonly columns?: () => number | undefined;
  /** Says what is waited for; absent where nobody looks. */
  readonly status?: StatusLine;
};

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  process.once("SIGTERM", () => interrupted.abort());
  const { signal } = interrupted;
  const status = new StatusLine(process.stderr);
  return {
    print: (line) => {
      status.clear();
      console.log(line);
    },
    printNote: (line) => {
      status.clear();
      console.error(line);
    },
    readInput: () => text(process.stdin),
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
    pause: (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
    now: Date.now,
    signal,
    colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
    status,
  };

  async function ask(question: string): Promise<string> {
    status.close();
    const dialogue = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await dialogue.question(question, { signal });
    } finally {
      dialogue.close();
    }
  }
}
