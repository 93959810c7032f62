import { ops } from "../../../ops/ops.ts";
import type { Terminal } from "../../../ops/terminal.ts";
import { examples } from "../../../systems/index.ts";
import type { TestRun } from "./localRun.ts";

/** What a command of the ops tool said, and its exit code. */
export type OpsRun = {
  readonly code: number;
  readonly output: string;
  /** Progress, warnings and errors. */
  readonly notes: string;
};

/** The terminal of a command without a terminal, on a clock that the command itself moves. */
export type OpsOptions = Partial<Terminal> & {
  /** Of the standard input. */
  readonly input?: string;
};

/** Runs a command of the ops tool on a test's local run. */
export function runOps(test: TestRun, argv: readonly string[], options?: OpsOptions) {
  return runOpsAnywhere([...argv, "--port", new URL(test.run.url).port], {
    pause: (milliseconds) => test.clock.advance(milliseconds),
    now: () => test.clock.now(),
    ...options,
  });
}

/** Runs a command line as it is. */
export async function runOpsAnywhere(
  argv: readonly string[],
  { input = "", ...options }: OpsOptions = {},
): Promise<OpsRun> {
  const output: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    print: (text) => output.push(text),
    printNote: (text) => notes.push(text),
    readInput: async () => input,
    ask: undefined,
    pause: async () => {
      throw new Error("a command waits, and the test has no clock for it");
    },
    now: () => 0,
    signal: new AbortController().signal,
    colours: false,
    ...options,
  };
  const code = await ops(argv, terminal, { call: "npm run ops --", examples });
  return { code, output: output.join("\n"), notes: notes.join("\n") };
}
