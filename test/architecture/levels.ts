import path from "node:path";
import type { Import } from "./imports.ts";

/** Every folder at or above a file. */
function foldersAbove(file: string): string[] {
  const folder = path.dirname(file);
  return folder === "." ? [] : [folder, ...foldersAbove(folder)];
}

/** Every folder with an import below it. */
export function levelsOf(imports: readonly Import[]): string[] {
  return [...new Set(imports.flatMap(({ file }) => foldersAbove(file)))].sort();
}

/** The imports between the folders of a level, as imports of the folders. */
export function importsBetween(level: string, imports: readonly Import[]): Import[] {
  return imports.flatMap(({ file, imported }) => {
    const from = folderIn(level, file);
    const to = folderIn(level, imported);
    if (from === undefined || to === undefined || from === to) return [];
    return [{ file: from, imported: to }];
  });
}

/** The folder of a level that holds a file; undefined for a file that lies outside, or in the level itself. */
function folderIn(level: string, file: string): string | undefined {
  if (!file.startsWith(`${level}/`)) return undefined;
  const [folder = "", ...rest] = file.slice(level.length + 1).split("/");
  return rest.length === 0 ? undefined : `${level}/${folder}`;
}
