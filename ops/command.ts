import type { Examples } from "../local/examples.ts";
import type { Arguments } from "./arguments.ts";
import type { Stack } from "./stack/stack.ts";
import type { Surroundings } from "./surroundings.ts";

/** An option of the command line, as `node:util`'s `parseArgs` takes it and as the help says it. */
export type Option = {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** What stands for the value in the help: `N`. */
  readonly value?: string;
  readonly about: string;
};

export type Options = Readonly<Record<string, Option>>;

export type Command = {
  readonly name: string;
  /** The positional arguments as the help shows them, those that may be missing in brackets. */
  readonly positionals: readonly string[];
  /** What it does, in a line. */
  readonly summary: string;
  /** What else to know, in a few lines. */
  readonly details: string;
  readonly options: Options;
  readonly run: (context: Context) => Promise<void>;
};

/** What a command works with. */
export type Context = {
  readonly given: Arguments;
  readonly stack: Stack;
  readonly surroundings: Surroundings;
  /** Messages that `publish --example` can send. */
  readonly examples: Examples;
  /** Shows a result: the text, or with `--json` the data, as one line of JSON. */
  readonly show: (text: string, data: unknown) => void;
  /** Says something that is no result: progress, a warning. */
  readonly note: (text: string) => void;
};

/** For commands that destroy or move: without it they only say what they would do. */
export const consent: Options = {
  yes: { type: "boolean", about: "do it; without this nothing is changed" },
};
