import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setTimeout as rest } from "node:timers/promises";
import { type Usage, usageOf } from "./usage.ts";

export type ServerCommand = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder?: string;
};

export type ServerProcess = {
  readonly url: string;
  /** From the start of the process to the first answer, in seconds. */
  readonly startSeconds: number;
  readonly usage: () => Usage;
  readonly close: () => Promise<void>;
};

const patienceMilliseconds = 300_000;

/**
 * Starts a server on a free port of the loopback interface.
 *
 * @param options.path what it answers with 200 once it is ready
 */
export async function startServer(options: {
  readonly command: (port: number) => ServerCommand;
  readonly path: string;
  /** Receives its standard error. */
  readonly log: string;
}): Promise<ServerProcess> {
  const port = await freePort();
  const { program, args, env, folder } = options.command(port);
  const begun = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", openSync(options.log, "w")],
  });
  const leave = endsWithBenchmark(child);
  const url = `http://127.0.0.1:${port}`;
  await answers(child, `${url}${options.path}`);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} did not start`);
  return {
    url,
    startSeconds: (performance.now() - begun) / 1000,
    usage: () => usageOf(pid),
    close: async () => {
      await end(child);
      leave();
    },
  };
}

/**
 * Ends the server when the benchmark is stopped, so that it does not disturb the next one.
 *
 * @returns ends the arrangement
 */
function endsWithBenchmark(child: ChildProcess): () => void {
  const stop = () => {
    child.kill("SIGTERM");
    process.exit(130);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + patienceMilliseconds;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await rest(50);
  }
  await end(child);
  throw new Error(`the server did not answer at ${url}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await Promise.race([exit, rest(10_000).then(() => child.kill("SIGKILL"))]);
  await exit;
}
