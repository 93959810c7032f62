import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { ProviderError } from "../../pulumi/provider.ts";
import type { Archive, Asset } from "../../pulumi/values/propertyValue.ts";
import type { CodeFiles } from "../../services/lambda/code.ts";
import { unzip, zip } from "./zip.ts";

/**
 * The contents of an asset; an archive is zipped, unless it is a file already.
 *
 * @param directory what relative paths start from
 * @throws ProviderError for a file that cannot be read, and for an address: the local run fetches nothing
 */
export async function readAsset(asset: Asset | Archive, directory: string): Promise<Buffer> {
  switch (asset.kind) {
    case "textAsset":
      return Buffer.from(asset.text);
    case "fileAsset":
      return readPath(path.resolve(directory, asset.path));
    case "fileArchive": {
      const location = path.resolve(directory, asset.path);
      return (await isFolder(location)) ? zip(await readFolder(location)) : readPath(location);
    }
    case "assetArchive":
      return zip(await readParts(asset.assets, directory));
    default:
      throw new ProviderError(
        `an asset of the kind ${asset.kind} cannot be read locally: give a file or a text`,
      );
  }
}

/**
 * The files of an archive, by their paths in it.
 *
 * @param directory what relative paths start from
 * @throws ProviderError for what cannot be read
 */
export async function readArchive(archive: Asset | Archive, directory: string): Promise<CodeFiles> {
  switch (archive.kind) {
    case "assetArchive":
      return readParts(archive.assets, directory);
    case "fileArchive":
      return readFileArchive(path.resolve(directory, archive.path));
    default:
      throw new ProviderError(
        `expected an archive, got an asset of the kind ${archive.kind}: give an AssetArchive or a FileArchive`,
      );
  }
}

async function readParts(
  parts: Readonly<Record<string, Asset | Archive>>,
  directory: string,
): Promise<CodeFiles> {
  const read = Object.entries(parts).map(async ([name, part]) => {
    if (part.kind === "assetArchive" || part.kind === "fileArchive") {
      const files = await readArchive(part, directory);
      return Object.entries(files).map(([inner, bytes]) => [path.posix.join(name, inner), bytes]);
    }
    return [[path.posix.normalize(name), await readAsset(part, directory)]];
  });
  return Object.fromEntries((await Promise.all(read)).flat());
}

async function readFileArchive(location: string): Promise<CodeFiles> {
  if (await isFolder(location)) return readFolder(location);
  if (/\.(tar|tgz|tar\.gz)$/.test(location)) {
    throw new ProviderError(
      `the archive ${location} is a tar file, which the local cloud does not read: give a folder or a zip file`,
    );
  }
  return unzip(await readPath(location), location);
}

async function isFolder(location: string): Promise<boolean> {
  const found = await stat(location).catch((cause) => {
    throw unreadable(location, cause);
  });
  return found.isDirectory();
}

async function readFolder(folder: string): Promise<CodeFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, Buffer> = {};
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory() || !(await stat(file)).isFile()) continue;
    files[path.relative(folder, file).split(path.sep).join("/")] = await readPath(file);
  }
  return files;
}

function readPath(file: string): Promise<Buffer> {
  return readFile(file).catch((cause) => {
    throw unreadable(file, cause);
  });
}

function unreadable(file: string, cause: unknown): ProviderError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProviderError(`cannot read ${file}: ${reason}`, { cause });
}
