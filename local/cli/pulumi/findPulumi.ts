import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/**
 * The user's Pulumi CLI: that of PATH, or of a `node_modules` of this folder or above it.
 *
 * @throws Error that says how to install it
 */
export function findPulumi(
  directory: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const folders = [
    ...(environment.PATH ?? "").split(path.delimiter).filter((folder) => folder !== ""),
    ...withAbove(path.resolve(directory)).map((each) => path.join(each, "node_modules", ".bin")),
  ];
  const name = process.platform === "win32" ? "pulumi.exe" : "pulumi";
  const found = folders.map((folder) => path.join(folder, name)).find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    "fanout pulumi runs the Pulumi CLI, and there is none on PATH: install it (https://www.pulumi.com/docs/iac/download-install/), or run a program for Node without it: fanout start",
  );
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
