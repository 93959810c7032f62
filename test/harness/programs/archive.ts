import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** The texts in an archive of a function, by their path. */
export async function textsOf(code: unknown): Promise<Record<string, string>> {
  const files = Object.entries(await archiveFiles(code));
  return Object.fromEntries(
    files.map(([name, content]) => [name, Buffer.from(content).toString()]),
  );
}

/** The paths of the files in an archive. */
export async function filesOf(code: unknown): Promise<string[]> {
  return Object.keys(await archiveFiles(code)).sort();
}

/** The files of an archive by their path in it. */
type ArchiveFiles = Readonly<Record<string, Uint8Array>>;

/**
 * Reads a function's archive: a folder, or a map of files, texts and further archives.
 *
 * @param folder what relative paths start at. @default the working directory
 * @throws Error for archives that are files, such as .zip, and for what would have to be fetched
 */
async function archiveFiles(archive: unknown, folder = "."): Promise<ArchiveFiles> {
  return Object.fromEntries(await entriesOf(archive, path.resolve(folder)));
}

type Entry = readonly [path: string, content: Uint8Array];

async function entriesOf(archive: unknown, folder: string): Promise<Entry[]> {
  if (archive instanceof pulumi.asset.FileArchive) {
    return readFolder(path.resolve(folder, await archive.path));
  }
  if (archive instanceof pulumi.asset.AssetArchive) {
    const assets = Object.entries(await archive.assets);
    const entries = await Promise.all(assets.map(([name, each]) => inArchive(name, each, folder)));
    return entries.flat();
  }
  throw new Error("the code is neither a folder (FileArchive) nor a map of files (AssetArchive)");
}

/** A file, or all of an archive in an archive, which lies below its name. */
async function inArchive(
  name: string,
  value: pulumi.asset.Asset | pulumi.asset.Archive,
  folder: string,
): Promise<Entry[]> {
  if (value instanceof pulumi.asset.FileAsset) {
    return [[name, await readFile(path.resolve(folder, await value.path))]];
  }
  if (value instanceof pulumi.asset.StringAsset) return [[name, Buffer.from(await value.text)]];
  if (pulumi.asset.Archive.isInstance(value)) {
    const inner = await entriesOf(value, folder);
    return inner.map(([below, content]) => [path.posix.join(name, below), content]);
  }
  throw new Error(`${name} is neither a file, a text nor an archive of them`);
}

async function readFolder(folder: string): Promise<Entry[]> {
  if (!(await stat(folder)).isDirectory()) {
    throw new Error(`${folder} is a packed archive`);
  }
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return await Promise.all(
    names
      .filter((entry) => !entry.isDirectory())
      .map(async ({ parentPath, name }) => {
        const file = path.join(parentPath, name);
        const inside = path.relative(folder, file).split(path.sep).join("/");
        return [inside, await readFile(file)] as const;
      }),
  );
}
