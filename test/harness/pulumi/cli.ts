import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";

/** The version of the Pulumi CLI on PATH, or undefined when there is none. */
export function pulumiVersion(): string | undefined {
  const { error, status, stdout } = spawnSync("pulumi", ["version"], { encoding: "utf8" });
  return error === undefined && status === 0 ? stdout.trim() : undefined;
}

export type CliOptions = {
  readonly directory: string;
  /** Added to this process's. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a failure is a result like any other. @default false */
  readonly mayFail?: boolean;
};

/**
 * Runs the Pulumi CLI on PATH.
 *
 * @throws Error with what it printed if it fails
 */
export async function pulumi(
  args: readonly string[],
  { directory, environment, mayFail = false }: CliOptions,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code === 0 || mayFail) return { code, output: output + errors };
  throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}\n${errors}`);
}
