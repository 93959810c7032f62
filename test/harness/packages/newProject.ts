import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ownPackages = path.resolve("node_modules");

/** Runs a program in a folder and returns what it prints; the error of one that fails holds all output. */
export async function runIn(folder: string, command: string, ...args: string[]): Promise<string> {
  try {
    return (await run(command, args, { cwd: folder })).stdout;
  } catch (error) {
    const output = error instanceof Error ? Object.values(error).filter(isText).join("\n") : "";
    throw new Error(`${command} ${args.join(" ")} failed\n${output}`, { cause: error });
  }
}

/**
 * A folder outside the repository with the given files, as a user's project. The named packages are linked from
 * this repository, so that nothing is downloaded.
 */
export function newProject(files: Readonly<Record<string, string>>, packages: readonly string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), "fanout-project-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  for (const name of packages) {
    const link = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(ownPackages, name), link, "dir");
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
