import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";

/** What the tool has of the process that it runs in; tests give their own. */
export type Surroundings = {
  /** Takes results, a line or more. */
  readonly print: (text: string) => void;
  /** Takes notes, progress and errors. */
  readonly printNote: (text: string) => void;
  /** All of the standard input. */
  readonly readInput: () => Promise<string>;
  /** Asks the user; undefined where nobody sits in front. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Waits; rejects when `signal` aborts. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends what goes on until Ctrl-C. */
  readonly signal: AbortSignal;
  readonly colours: boolean;
};

/** The process itself. */
export function terminal(): Surroundings {
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  process.once("SIGTERM", () => interrupted.abort());
  const { signal } = interrupted;
  return {
    print: (line) => console.log(line),
    printNote: (line) => console.error(line),
    readInput: () => text(process.stdin),
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
    pause: (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
    now: Date.now,
    signal,
    colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  };

  async function ask(question: string): Promise<string> {
    const dialogue = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await dialogue.question(question, { signal });
    } finally {
      dialogue.close();
    }
  }
}
