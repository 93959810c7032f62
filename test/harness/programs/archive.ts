import { archiveFiles } from "./archiveFiles.ts";

/** The texts in an archive of a function, by their path. */
export async function textsOf(code: unknown): Promise<Record<string, string>> {
  const files = Object.entries(await archiveFiles(code));
  return Object.fromEntries(
    files.map(([path, content]) => [path, Buffer.from(content).toString()]),
  );
}

/** The paths of the files in an archive. */
export async function filesOf(code: unknown): Promise<string[]> {
  return Object.keys(await archiveFiles(code)).sort();
}
