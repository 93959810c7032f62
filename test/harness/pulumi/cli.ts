import { spawnSync } from "node:child_process";

/** The version of the Pulumi CLI on PATH, or undefined when there is none. */
export function pulumiVersion(): string | undefined {
  const { error, status, stdout } = spawnSync("pulumi", ["version"], { encoding: "utf8" });
  return error === undefined && status === 0 ? stdout.trim() : undefined;
}
