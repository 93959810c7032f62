import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const prefix = "fanout-functions-";

/**
 * Makes a folder that is of this process, and removes those of processes that have ended without removing
 * them: `fanout-functions-PROCESS-abc123`.
 *
 * @param parent where such folders are. @default the machine's folder for temporary files
 * @returns its full path
 */
export function makeTemporaryFolder(parent = tmpdir()): string {
  for (const name of readdirSync(parent)) {
    const owner = ownerOf(name);
    if (owner !== undefined && !isRunning(owner)) {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
  return realpathSync(mkdtempSync(path.join(parent, `${prefix}${process.pid}-`)));
}

/** The id of the process that a folder is of, by its name. */
function ownerOf(name: string): number | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const [, id] = /^(\d+)-\w+$/.exec(name.slice(prefix.length)) ?? [];
  return id === undefined ? undefined : Number(id);
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Any other refusal is about a process that runs, of another user.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
