import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type LocalRun, startLocalRun } from "../../local/localRun.ts";
import { systemOutputs } from "../../local/systems/stackOutputs.ts";
import { consumers as names, program } from "./program.ts";

/** The number of consumers of each message. */
export const consumers = names.length;

const publisher = fileURLToPath(new URL("publisher.ts", import.meta.url));

/** The program of the benchmark on a local run. */
export type BenchRun = {
  readonly run: LocalRun;
  readonly topicArn: string;
};

/** Starts the program, measures, and ends it. */
export async function onBench<T>(fifo: boolean, work: (bench: BenchRun) => Promise<T>): Promise<T> {
  const run = await startLocalRun({
    stack: "dev",
    systems: [],
    port: 0,
    program: () => program(fifo),
  });
  try {
    const { topicArn } = systemOutputs(run.outputs, "bench");
    return await work({ run, topicArn });
  } finally {
    await run.close();
  }
}

/** Publishes from another process; resolves when all is published. */
export async function publishFromOutside(
  { run, topicArn }: BenchRun,
  options: { readonly messages: number; readonly batchesPerSecond?: number },
): Promise<void> {
  const { messages, batchesPerSecond = 0 } = options;
  const child = spawn(
    process.execPath,
    [publisher, "--topic", topicArn, "--messages", `${messages}`, "--rate", `${batchesPerSecond}`],
    {
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: run.url,
        AWS_REGION: run.cloud.region,
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_SESSION_TOKEN: "",
      },
    },
  );
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`the publisher ended with ${code}`);
}

/** Resolves when `count` more deliveries are handled. */
export function handled({ run }: BenchRun, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const stop = run.cloud.trace.listen(({ kind }) => {
      if (kind !== "handled" || --left > 0) return;
      stop();
      resolve();
    });
  });
}

/** Disables or enables the event source mappings. */
export function setConsuming({ run }: BenchRun, enabled: boolean): void {
  for (const { uuid } of run.cloud.mappings.list()) run.cloud.mappings.setEnabled(uuid, enabled);
}

/** Starts the functions' processes, so that measurements do not include cold starts. */
export async function warmUp(bench: BenchRun): Promise<void> {
  const messages = 200;
  const done = handled(bench, messages * consumers);
  await publishFromOutside(bench, { messages });
  await done;
}
