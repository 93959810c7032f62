import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** The first of the folders that has an executable file of this name, or undefined. */
export function folderOf(name: string, folders: readonly string[]): string | undefined {
  return folders.find((folder) => isExecutable(path.join(folder, name)));
}

/** The folders of `PATH`, in its order. */
export function pathFolders({ PATH = "" }: NodeJS.ProcessEnv): string[] {
  return PATH.split(path.delimiter).filter((folder) => folder !== "");
}

/** Where npm links the commands of packages that are installed in this folder or above it. */
export function binFolders(folder: string): string[] {
  return withAbove(path.resolve(folder)).map((each) => path.join(each, "node_modules", ".bin"));
}

function withAbove(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...withAbove(parent)];
}

function isExecutable(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // A file that may not be run is passed over, as a shell does.
  }
}
