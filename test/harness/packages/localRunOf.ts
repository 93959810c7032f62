import { spawn } from "node:child_process";
import path from "node:path";
import { type FanoutCommand, follow } from "../processes/fanoutCommand.ts";
import type { Install } from "./sharedInstall.ts";

/** Full path of the command `fanout` of an install. */
export function fanoutOf({ folder }: Pick<Install, "folder">): string {
  return path.join(folder, "node_modules/@pulumi-fanout/local/dist/local/cli/main.js");
}

/** A program that the installed `fanout start` runs. */
export type InstalledRun = {
  readonly command: FanoutCommand;
  readonly endpoint: string;
  readonly port: string;
  readonly outputs: () => Promise<Readonly<Record<string, string>>>;
};

/** Runs `fanout start` in a folder until the program has run. */
export async function startInstalled(
  install: Pick<Install, "folder">,
  folder: string,
): Promise<InstalledRun> {
  const child = spawn(process.execPath, [fanoutOf(install), "start", "--port", "0", "--logs"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const command = follow(child);
  const endpoint = (await command.line(/^ready /)).replace("ready ", "");
  return {
    command,
    endpoint,
    port: new URL(endpoint).port,
    outputs: async () => JSON.parse(await (await fetch(`${endpoint}/_fanout/outputs`)).text()),
  };
}
