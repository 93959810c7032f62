import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Job, Report } from "./job.ts";

const file = fileURLToPath(new URL("client.ts", import.meta.url));

export type ClientResult = {
  readonly count: number;
  readonly requests: number;
  /** From the moment at which all were ready to the end of the last. */
  readonly seconds: number;
};

/**
 * Does jobs, each in a process of its own, all at once.
 *
 * @param onBegin called when all are ready to begin
 */
export async function runClients(
  jobs: readonly Job[],
  onBegin = (): void => {},
): Promise<ClientResult> {
  const children = jobs.map(() => fork(file));
  try {
    await Promise.all(children.map((child, index) => prepared(child, jobs[index])));
    onBegin();
    const begun = performance.now();
    const results = await Promise.all(children.map(done));
    const seconds = (performance.now() - begun) / 1000;
    const sum = (key: "count" | "requests") =>
      results.reduce((total, each) => total + each[key], 0);
    return { count: sum("count"), requests: sum("requests"), seconds };
  } finally {
    for (const child of children) child.kill();
  }
}

async function prepared(child: ChildProcess, job: Job | undefined): Promise<void> {
  const ready = nextReport(child);
  child.send(job ?? {});
  await ready;
}

async function done(child: ChildProcess): Promise<Extract<Report, { kind: "done" }>> {
  const report = nextReport(child);
  child.send("begin");
  const result = await report;
  if (result.kind !== "done") throw new Error(`the client sent ${result.kind}`);
  return result;
}

async function nextReport(child: ChildProcess): Promise<Report> {
  const ended = new AbortController();
  const exit = once(child, "exit", { signal: ended.signal }).then(([code]) => {
    throw new Error(`a process of the client ended with ${code}`);
  });
  exit.catch(() => {});
  try {
    const [report] = await Promise.race([once(child, "message"), exit]);
    return report as Report;
  } finally {
    ended.abort();
  }
}
