import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";

/** The contents of an archive, by path. */
export type ArchiveFiles = Readonly<Record<string, Uint8Array>>;

/** How long a bundle is kept after it was last used, in milliseconds. */
const keptTime = 7 * 24 * 60 * 60 * 1000;

/**
 * Writes the files into a folder that is named after their hash, unless it exists. Folders are created
 * atomically and never change, so that programs can run at the same time.
 *
 * @param bundles full path of the folder for all bundles
 * @param label prefix of the folder's name: letters, digits, `_` and `-`
 * @returns the folder's full path
 */
export async function writeBundle(
  bundles: string,
  label: string,
  files: ArchiveFiles,
): Promise<string> {
  const folder = path.join(bundles, `${label}-${digest(files)}`);
  if (await hasBundle(folder, sizesOf(files))) return folder;
  await prepareBundles(bundles);
  const written = await mkdtemp(path.join(bundles, "new-"));
  try {
    await writeFiles(written, files);
    await putInPlace(written, folder, files);
  } finally {
    await rm(written, { recursive: true, force: true });
  }
  return folder;
}

/** Creates the folder for all bundles, unless it exists. */
export async function prepareBundles(bundles: string): Promise<void> {
  await mkdir(bundles, { recursive: true });
  await ignoreByGit(path.dirname(bundles));
}

/** Whether a complete bundle exists, which then counts as used. @param sizes bytes of each file, by path */
export async function hasBundle(
  folder: string,
  sizes: Readonly<Record<string, number>>,
): Promise<boolean> {
  const complete = await isComplete(folder, sizes);
  if (complete) await noteUse(folder);
  return complete;
}

/** Removes bundles and unfinished folders that have not been used for a week. */
export async function removeUnused(bundles: string, now = Date.now()): Promise<void> {
  const names = await readdir(bundles);
  await Promise.all(
    names.map(async (name) => {
      const folder = path.join(bundles, name);
      const used = (await existing(stat(folder)))?.mtimeMs ?? now;
      if (now - used > keptTime) await rm(folder, { recursive: true, force: true });
    }),
  );
}

function digest(files: ArchiveFiles): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(files).sort()) {
    const content = files[name] ?? new Uint8Array();
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}

function sizesOf(files: ArchiveFiles): Record<string, number> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.length]));
}

/** After a power failure, a folder may exist with empty files. */
async function isComplete(
  folder: string,
  sizes: Readonly<Record<string, number>>,
): Promise<boolean> {
  const found = await Promise.all(
    Object.keys(sizes).map((name) => existing(stat(path.join(folder, name)))),
  );
  return Object.values(sizes).every((size, index) => found[index]?.size === size);
}

/** The modification time of a folder or file is the time of its last use. */
export async function noteUse(place: string): Promise<void> {
  const now = new Date();
  await existing(utimes(place, now, now));
}

async function writeFiles(folder: string, files: ArchiveFiles): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function putInPlace(written: string, folder: string, files: ArchiveFiles): Promise<void> {
  try {
    await rename(written, folder);
  } catch (error) {
    // Another program has created the folder meanwhile, or it is incomplete.
    if (await isComplete(folder, sizesOf(files))) return;
    if (!(await existing(stat(folder)))) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(written, folder);
  }
}

/** Bundles are not committed. */
async function ignoreByGit(folder: string): Promise<void> {
  try {
    await writeFile(path.join(folder, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
}

/** Undefined if the file or folder does not exist. */
export async function existing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** In jest, errors of Node are no instances of the Error that modules see. */
function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
