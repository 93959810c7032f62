import { setImmediate as nextTurn } from "node:timers/promises";
import { changeLine } from "../console/changeLine.ts";
import type { ProgramRun } from "./program.ts";
import type { ProjectRun } from "./projectRun.ts";
import { editedArchives, projectWatch } from "./projectWatch.ts";

/** What is run again when files change. */
export type Updatable = Pick<ProjectRun, "project" | "archived"> & {
  readonly update: () => Promise<Pick<ProgramRun, "changes">>;
};

export type ChangeWatch = { close(): void };

/**
 * Runs a program again whenever its files change. If it fails, the cloud stays as it is.
 *
 * Files that a program writes itself do not start it again and again: a file that changes during two runs in
 * a row, and has never changed between runs, is taken for one.
 *
 * @param say receives a line, or more for a program that fails
 * @throws Error if the system lets no more folders be watched
 */
export function updateOnChange(run: Updatable, say: (text: string) => void): ChangeWatch {
  const edited = new Set<string>();
  let changed = new Set<string>();
  let duringLast: ReadonlySet<string> = new Set();
  let isAtWork = false;
  let isClosed = false;

  async function updateAll(): Promise<void> {
    isAtWork = true;
    while (changed.size > 0 && !isClosed) {
      changed = new Set();
      say(await update(run));
      if (isClosed) return;
      await noteRest();
      const during: ReadonlySet<string> = changed;
      changed = new Set([...during].filter((file) => edited.has(file) || !duringLast.has(file)));
      duringLast = during;
    }
    isAtWork = false;
  }

  /** The system has noted what the program wrote by the time it ended, but has not reported it yet. */
  async function noteRest(): Promise<void> {
    await nextTurn();
    await nextTurn();
    if (!isClosed) watch.flush();
    try {
      if (!isClosed) watch.add(editedArchives(run.archived()));
    } catch (error) {
      sayUnwatched(error);
    }
  }

  function sayUnwatched(error: unknown): void {
    say(`Changes of some files are not noticed: ${messageOf(error)}`);
  }

  const watch = projectWatch(run.project, {
    onChange: (files) => {
      for (const file of files) changed.add(file);
      if (isAtWork || isClosed) return;
      for (const file of files) edited.add(file);
      void updateAll();
    },
    onProblem: sayUnwatched,
  });
  watch.add(editedArchives(run.archived()));
  return {
    close: () => {
      isClosed = true;
      watch.close();
    },
  };
}

/** Runs the program, and tells in words what became of it. */
async function update(run: Updatable): Promise<string> {
  try {
    const { changes } = await run.update();
    return `The program ran again: ${changeLine(changes)}`;
  } catch (error) {
    return `${messageOf(error)}\nThe program failed; the local cloud stays as it is`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
