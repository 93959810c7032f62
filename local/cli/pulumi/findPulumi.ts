import path from "node:path";
import { binFolders, folderOf, pathFolders } from "../../engine/plugins/executables.ts";

/**
 * The user's Pulumi CLI: that of PATH, or of a `node_modules` of this folder or above it.
 *
 * @throws Error that says how to install it
 */
export function findPulumi(
  directory: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const name = process.platform === "win32" ? "pulumi.exe" : "pulumi";
  const found = folderOf(name, [...pathFolders(environment), ...binFolders(directory)]);
  if (found !== undefined) return path.join(found, name);
  throw new Error(
    "fanout pulumi runs the Pulumi CLI, and there is none on PATH: install it (https://www.pulumi.com/docs/iac/download-install/), or run a program for Node without it: fanout start",
  );
}
