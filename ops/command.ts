import type { Examples } from "../local/systems/examples.ts";
import type { Arguments } from "./arguments.ts";
import type { Stack } from "./stack/stack.ts";
import type { Terminal } from "./terminal.ts";

/** An option of the command line, for `node:util`'s `parseArgs` and for the help. */
export type Option = {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** Placeholder of the value in the help: `N`. */
  readonly value?: string;
  readonly about: string;
};

export type Options = Readonly<Record<string, Option>>;

export type Command = {
  readonly name: string;
  /** The positional arguments as the help shows them, optional ones in brackets. */
  readonly positionals: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** A few lines for the help of the command. */
  readonly details: string;
  readonly options: Options;
  readonly run: (context: Context) => Promise<void>;
};

/** What a command receives. */
export type Context = {
  readonly given: Arguments;
  readonly stack: Stack;
  readonly terminal: Terminal;
  /** Messages that `publish --example` can send. */
  readonly examples: Examples;
  /** Prints a result: the text, or with `--json` the data, as one line of JSON. */
  readonly show: (text: string, data: unknown) => void;
  /** Prints what is no result, to the standard error: progress, a warning. */
  readonly note: (text: string) => void;
};

/** For commands that change something: without consent they only print what they would do. */
export const consent: Options = {
  yes: { type: "boolean", about: "do it; without this nothing is changed" },
  "dry-run": { type: "boolean", about: "change nothing, even with --yes" },
};

/** Whether the user consents to the change. */
export function agrees(given: Arguments): boolean {
  return given.flag("yes") && !given.flag("dry-run");
}
