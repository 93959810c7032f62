import { statSync } from "node:fs";
import path from "node:path";
import { bundleError } from "../buildFailure.ts";
import { type CopiedFile, filesOf } from "./copiedPackages.ts";

/**
 * Files of the program that a handler reads, under the paths that they have in the program's folder.
 *
 * @param paths of files and folders, relative to the program's folder
 * @param folder full path of the program's folder
 * @throws RunError for a path that does not exist or is outside the program's folder
 */
export function copiedFiles(paths: readonly string[], folder: string): CopiedFile[] {
  return paths.flatMap((each) => {
    const place = path.resolve(folder, each);
    const stats = statSync(place, { throwIfNoEntry: false });
    const relative = path.relative(folder, place);
    if (stats === undefined || relative.startsWith("..") || path.isAbsolute(relative)) {
      const reason = stats === undefined ? "does not exist" : "is outside the program's folder";
      throw bundleError(`bundle.files names ${each}, which ${reason}`);
    }
    const files = stats.isDirectory()
      ? filesOf(place).map((name) => path.join(relative, name))
      : [relative];
    return files.map((file) => ({
      name: file.split(path.sep).join("/"),
      file: path.join(folder, file),
    }));
  });
}
