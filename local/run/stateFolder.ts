import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Creates the folder for what local runs keep of a project, which git ignores.
 *
 * @param root folder of `Pulumi.yaml`
 * @returns its full path
 */
export function openStateFolder(root: string): string {
  const folder = path.join(root, ".fanout");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, ".gitignore"), "*\n");
  return folder;
}
