import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the Pulumi project that a program belongs to; undefined if there is none above the program. */
export function projectFolder(program: string): string | undefined {
  return folderAbove(program, ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"]);
}

/** The folder of the npm package that a folder belongs to, with the schema. */
export function packageFolder(folder: string): string {
  const found = folderAbove(folder, ["schema.json"]);
  if (found === undefined) throw new Error(`there is no schema.json in ${folder} or above it`);
  return found;
}

/** The nearest folder, from this one upwards, that has one of the files. */
function folderAbove(folder: string, files: readonly string[]): string | undefined {
  if (files.some((file) => existsSync(path.join(folder, file)))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : folderAbove(parent, files);
}
