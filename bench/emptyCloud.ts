import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const fanout = fileURLToPath(new URL("../local/cli/main.ts", import.meta.url));

/**
 * Runs `fanout start --empty` in a new folder while `work` runs.
 *
 * @param options of the command, besides
 */
export async function onEmptyCloud<T>(
  options: readonly string[],
  work: (endpoint: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "fanout-bench-"));
  const cloud = spawn(process.execPath, [fanout, "start", "--empty", "--port", "0", ...options], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(cloud, "exit");
  try {
    return await work(await endpointOf(createInterface(cloud.stdout)));
  } finally {
    cloud.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function endpointOf(lines: NodeJS.EventEmitter): Promise<string> {
  return new Promise((resolve, reject) => {
    lines.on("line", (line: string) => {
      const [, url] = /^ready (http\S+)$/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
    lines.once("close", () => reject(new Error("the local cloud ended before it was ready")));
  });
}
