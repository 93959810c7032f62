import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { hangMilliseconds } from "../assertions/hang.ts";

export type FanoutCommand = {
  /** Everything that it has printed, on both streams. */
  readonly output: () => string;
  /** Waits until it has printed a line that matches, after what was waited for before. */
  readonly line: (pattern: RegExp) => Promise<string>;
  /** Ends it as a supervisor does, and returns its exit code. */
  readonly end: () => Promise<number | null>;
  readonly exit: Promise<number | null>;
};

const main = path.resolve("local/cli/main.ts");

/** Runs `fanout` from its sources in a folder. */
export function fanoutIn(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): FanoutCommand {
  return follow(
    spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

/** Follows the output of a command that is waited for by what it prints. */
export function follow(child: ChildProcess): FanoutCommand {
  let output = "";
  let read = 0;
  let isOver = false;
  let listeners: (() => void)[] = [];
  const wake = () => {
    for (const listener of listeners.splice(0)) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      wake();
    });
  }
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      isOver = true;
      wake();
      resolve(code);
    });
  });
  const hanging = setTimeout(() => child.kill("SIGKILL"), hangMilliseconds);
  exit.finally(() => clearTimeout(hanging)).catch(() => {});

  async function line(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = output.slice(read).match(new RegExp(`^.*${pattern.source}.*\n`, "m"));
      if (found?.index !== undefined) {
        read += found.index + found[0].length;
        return found[0].trimEnd();
      }
      if (isOver) throw new Error(`it ended without a line like ${pattern}:\n${output}`);
      await new Promise<void>((resolve) => {
        listeners = [...listeners, resolve];
      });
    }
  }

  return {
    output: () => output,
    line,
    exit,
    end: () => {
      child.kill("SIGTERM");
      return exit;
    },
  };
}
