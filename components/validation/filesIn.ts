import { statSync } from "node:fs";
import { entryFile } from "../functions/programFolder.ts";

/** Tells of entries whether they are files. @param folder that they are relative to */
export function filesIn(folder: string): (entry: string) => boolean {
  return (entry) =>
    statSync(entryFile(entry, folder), { throwIfNoEntry: false })?.isFile() ?? false;
}
