import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as v from "valibot";

const file = fileURLToPath(new URL("runProcess.ts", import.meta.url));
const ready = v.object({ url: v.string(), outputs: v.record(v.string(), v.unknown()) });

export type RunnerOptions = {
  readonly data: string;
  readonly ledger: string;
  readonly speed: number;
};

/** The local run as a process that can be killed and started again. */
export class Runner {
  readonly #options: RunnerOptions;
  #child: ChildProcess | undefined;
  #ready: v.InferOutput<typeof ready> | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Of the endpoint and the stack's outputs; undefined while no run is ready. */
  get ready(): v.InferOutput<typeof ready> | undefined {
    return this.#ready;
  }

  /** Resolves when the program has run. */
  async start(): Promise<void> {
    const { data, ledger, speed } = this.#options;
    const child = spawn(
      process.execPath,
      [file, "--data", data, "--ledger", ledger, "--speed", String(speed)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    this.#child = child;
    this.#ready = await new Promise((resolve, reject) => {
      createInterface(child.stdout).on("line", (line) => {
        if (line.startsWith("{")) resolve(v.parse(ready, JSON.parse(line)));
      });
      child.once("exit", (code) => reject(new Error(`the run ended with ${code}`)));
    });
  }

  /**
   * Kills the whole run as a crash would.
   *
   * @returns functions' processes that outlived it by more than ten seconds
   */
  async kill(): Promise<number[]> {
    const functions = this.functionProcesses();
    await this.#end("SIGKILL");
    return untilGone(functions, 10_000);
  }

  async stop(): Promise<void> {
    await this.#end("SIGINT");
  }

  /** @returns process ids of functions */
  functionProcesses(): number[] {
    const own = this.#child?.pid;
    return processes()
      .filter(({ parent, command }) => parent === own && command.includes("node"))
      .map(({ pid }) => pid);
  }

  /** In MiB, of the run without its functions. */
  memory(): number {
    const found = processes().find(({ pid }) => pid === this.#child?.pid);
    return (found?.memory ?? 0) / 1024;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#ready = undefined;
    this.#child = undefined;
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}

type Process = { readonly pid: number; readonly parent: number; memory: number; command: string };

function processes(): Process[] {
  const text = execFileSync("ps", ["-eo", "pid=,ppid=,rss=,args="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => {
    const [, pid, parent, memory, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (command === undefined) return [];
    return [{ pid: Number(pid), parent: Number(parent), memory: Number(memory), command }];
  });
}

async function untilGone(pids: readonly number[], milliseconds: number): Promise<number[]> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const alive = pids.filter((pid) => processes().some((each) => each.pid === pid));
    if (alive.length === 0 || Date.now() > end) return alive;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
