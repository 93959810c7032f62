import { spawn } from "node:child_process";

/** The exit code for a CLI that a signal has ended. */
const endedBySignal = 128;

/**
 * Runs the Pulumi CLI on this process's terminal.
 *
 * @returns its exit code
 * @throws Error if it cannot be started
 */
export async function runPulumi(
  executable: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(executable, args, { env: environment, stdio: "inherit" });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  child.once("exit", (code) => resolve(code ?? endedBySignal));
  // A terminal sends Ctrl-C to both, and the CLI decides when it ends; a supervisor sends signals here only.
  const ignore = () => {};
  const forward = () => child.kill("SIGTERM");
  process.on("SIGINT", ignore).on("SIGTERM", forward);
  try {
    return await ended;
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", forward);
  }
}
