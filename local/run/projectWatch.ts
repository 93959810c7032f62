import path from "node:path";
import type { Project } from "../engine/project/project.ts";
import { SourceWatch, type WatchListeners } from "./sourceWatch.ts";

/**
 * Watches the folder of a project: its `Pulumi.yaml`, its stacks' files and the program's sources. Packages,
 * hidden folders and results of builds are left out, unless the program lies there.
 *
 * @throws Error if the system lets no more folders be watched
 */
export function projectWatch(
  { root, directory, stackDirectory }: Project,
  listeners: WatchListeners,
): SourceWatch {
  const watch = new SourceWatch(listeners);
  watch.add([root, directory, stackDirectory]);
  return watch;
}

/** What of a program's archives its author edits: not packages, and not bundles that the program writes. */
export function editedArchives(archived: readonly string[]): string[] {
  return archived.filter(
    (file) => !file.split(path.sep).some((name) => name === "node_modules" || name === ".fanout"),
  );
}
