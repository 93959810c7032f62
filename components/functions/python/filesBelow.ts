import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The files in a folder, by their path in it. */
export async function filesBelow(
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<Record<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .filter(isWanted)
    .sort();
  const contents = names.map(
    async (name) => [name, await readFile(path.join(folder, name))] as const,
  );
  return Object.fromEntries(await Promise.all(contents));
}
