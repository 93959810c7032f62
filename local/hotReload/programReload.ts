import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ProgramRun } from "../program.ts";
import type { HotReload } from "./hotReload.ts";
import { SourceWatch } from "./sourceWatch.ts";

type ProgramReloadOptions = {
  /** The project's folder; packages and hidden folders in it are left out. */
  readonly directory: string;
  readonly update: () => Promise<ProgramRun>;
  /** Is told, in a line or more, what has changed and what is wrong. */
  readonly say: (text: string) => void;
};

/**
 * From now on, saving a file of the project runs its program again. A program that fails leaves everything
 * as it was, and says why.
 */
export function programReload({ directory, update, say }: ProgramReloadOptions): HotReload {
  const contents = new Map<string, string>();
  let problem: string | undefined;
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;

  async function run(files: ReadonlySet<string>): Promise<void> {
    if (isClosed) return;
    // New folders are watched before the program reads them, so that no change falls in between.
    watch.add([]);
    // A program that writes files of its own is not to run for ever.
    if (!hasNews(files, contents)) return;
    try {
      const run = await update();
      problem = undefined;
      say(`The program ran again: ${describe(run)}`);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      say(`The program failed; everything stays as it was.\n${problem}`);
    }
  }

  const watch = new SourceWatch((files) => {
    running = running.then(() => run(files));
  });
  watch.add([path.join(directory, "Pulumi.yaml")]);
  return {
    problems: () => (problem === undefined ? [] : [problem]),
    close: () => {
      isClosed = true;
      watch.close();
    },
  };
}

/** Whether one of the files has other contents than when it was last looked at. */
function hasNews(files: ReadonlySet<string>, contents: Map<string, string>): boolean {
  let isNew = false;
  for (const file of files) {
    if (file.split(path.sep).some((part) => part.startsWith(".") && part.length > 2)) continue;
    const content = hashOf(file);
    if (contents.get(file) !== content) isNew = true;
    contents.set(file, content);
  }
  return isNew;
}

/** "" for a file that is gone, and for a folder. */
function hashOf(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return ""; // It comes and goes while editors save.
  }
}

function describe({ changes }: ProgramRun): string {
  const words = [
    ["create", "created"],
    ["update", "updated"],
    ["create-replacement", "replaced"],
    ["import", "imported"],
    ["delete", "deleted"],
  ] as const;
  const counts = words.flatMap(([operation, word]) => {
    const count = changes[operation].length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.join(", ") || "nothing has changed";
}
