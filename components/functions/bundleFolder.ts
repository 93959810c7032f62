import { createHash } from "node:crypto";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";

/** The contents of an archive, by path. */
export type ArchiveFiles = Readonly<Record<string, Uint8Array>>;

/** How long a bundle is kept after it was last used, in milliseconds. */
const keptTime = 7 * 24 * 60 * 60 * 1000;

/**
 * Writes the files into a folder that is named after them, unless it is there. Folders appear complete and
 * never change, so that programs that run at once do not disturb each other.
 *
 * @param bundles full path of the folder for all bundles
 * @param label what the folder's name begins with; letters, digits, `_` and `-`
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

/** Makes the folder for all bundles, unless it is there. */
export async function prepareBundles(bundles: string): Promise<void> {
  await mkdir(bundles, { recursive: true });
  await ignoreByGit(path.dirname(bundles));
}

/** Whether a bundle is there, complete. It then counts as used. @param sizes bytes of each file, by path */
export async function hasBundle(
  folder: string,
  sizes: Readonly<Record<string, number>>,
): Promise<boolean> {
  const complete = await isComplete(folder, sizes);
  if (complete) await noteUse(folder);
  return complete;
}

/** What a bundle holds. @param names paths of its files */
export async function readBundle(folder: string, names: readonly string[]): Promise<ArchiveFiles> {
  const contents = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
  return Object.fromEntries(names.map((name, index) => [name, contents[index] ?? Buffer.of()]));
}

/** Removes the bundles that no program has used for a week, and what an interrupted one left half written. */
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

/** A machine that lost its power may have kept a folder and lost what its files held. */
async function isComplete(
  folder: string,
  sizes: Readonly<Record<string, number>>,
): Promise<boolean> {
  const found = await Promise.all(
    Object.keys(sizes).map((name) => existing(stat(path.join(folder, name)))),
  );
  return Object.values(sizes).every((size, index) => found[index]?.size === size);
}

/** The time of the folder or file says when it was last used; files in a folder are left alone. */
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
    // Another program has been faster, or a damaged folder is in the way.
    if (await isComplete(folder, sizesOf(files))) return;
    if (!(await existing(stat(folder)))) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(written, folder);
  }
}

/** Bundles are made anew on every machine: the folder above them keeps itself out of git. */
async function ignoreByGit(folder: string): Promise<void> {
  try {
    await writeFile(path.join(folder, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
}

/** Undefined where the file or folder does not exist. */
export async function existing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
