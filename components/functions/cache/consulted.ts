import { existsSync } from "node:fs";
import path from "node:path";
import type { Metafile } from "esbuild";
import { ancestors } from "./tsconfig.ts";

/** What a handler's build read, and where it looked for it. */
export type Consulted = {
  /** Names of the files that the bundle is made of, by the full path of their folder. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Names of the packages that files in a folder import, by the folder's full path. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Full paths of further folders in which a new file could take the place of another. */
  readonly folders: readonly string[];
};

/**
 * The entry and all that it imports, also what left nothing in the output: a constant that was put in its place.
 *
 * @param entry full path of the handler's file
 * @param folder full path of esbuild's working directory
 */
export function consultedBy(entry: string, folder: string, { inputs }: Metafile): Consulted {
  const collected = new Collected(folder);
  const found = new Set([inputName(entry, folder)]);
  // A set is iterated to its end, also when it grows meanwhile.
  for (const name of found) {
    const file = path.resolve(folder, name);
    collected.addFile(file);
    for (const imported of inputs[name]?.imports ?? []) {
      if (!imported.external) found.add(imported.path);
      collected.addImport(path.dirname(file), imported);
    }
  }
  return collected.all();
}

/** Adds further files, and their folders, in which a new file would be copied too. */
export function withFiles(consulted: Consulted, added: readonly string[]): Consulted {
  if (added.length === 0) return consulted;
  const files = new Map(
    Object.entries(consulted.files).map(([folder, names]) => [folder, new Set(names)]),
  );
  for (const file of added) add(files, path.dirname(file), path.basename(file));
  return { ...consulted, files: byFolder(files) };
}

/** Whether a file belongs to an installed package, of which only the package manager changes files. */
export function isInstalled(file: string): boolean {
  return file.split(path.sep).includes("node_modules");
}

/** esbuild's name for a file: its path from the working directory, with slashes. */
export function inputName(file: string, folder: string): string {
  return path.relative(folder, file).split(path.sep).join("/");
}

type Import = Metafile["inputs"][string]["imports"][number];

class Collected {
  readonly #workingFolder: string;
  readonly #files = new Map<string, Set<string>>();
  readonly #packages = new Map<string, Set<string>>();
  readonly #folders = new Set<string>();

  constructor(workingFolder: string) {
    this.#workingFolder = workingFolder;
  }

  addFile(file: string): void {
    add(this.#files, path.dirname(file), path.basename(file));
  }

  /** @param from full path of the importing file's folder */
  addImport(from: string, { path: imported, external, original = imported }: Import): void {
    const target = external ? undefined : path.resolve(this.#workingFolder, imported);
    if (isPath(original)) this.#addFolders(foldersOfPath(from, original, target));
    else if (!isBuiltIn(original)) {
      add(this.#packages, from, packageName(original));
      if (target !== undefined) this.#addFolders(foldersOfOwnPackage(target));
    }
  }

  all(): Consulted {
    return {
      files: byFolder(this.#files),
      packages: byFolder(this.#packages),
      folders: [...this.#folders].sort(),
    };
  }

  #addFolders(folders: readonly string[]): void {
    for (const folder of folders) this.#folders.add(folder);
  }
}

/** `./lib` is looked for as `lib.ts` and the like, and then in `lib/`. */
function foldersOfPath(from: string, specifier: string, target: string | undefined): string[] {
  const wanted = path.resolve(from, specifier);
  return wanted === target || isInstalled(from) ? [] : [path.dirname(wanted), wanted];
}

/**
 * The folders of a linked package, or of a file of the program that tsconfig.json or package.json maps an import
 * to: up to the package's own, as its `exports` or `main` lead from there. Where nothing is a package, a new file
 * takes the place of `it/index.ts` in its folder or, as `it.ts`, beside it.
 */
function foldersOfOwnPackage(file: string): string[] {
  if (isInstalled(file)) return [];
  const folders = ancestors(path.dirname(file));
  const own = folders.findIndex((folder) => existsSync(path.join(folder, "package.json")));
  return folders.slice(0, own === -1 ? 2 : own + 1);
}

function isPath(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier) || path.isAbsolute(specifier);
}

/** Also `<runtime>`, esbuild's own code. */
function isBuiltIn(specifier: string): boolean {
  return specifier.startsWith("node:") || specifier.startsWith("<");
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function add(map: Map<string, Set<string>>, folder: string, name: string): void {
  const names = map.get(folder);
  if (names === undefined) map.set(folder, new Set([name]));
  else names.add(name);
}

function byFolder(map: Map<string, Set<string>>): Record<string, string[]> {
  return Object.fromEntries([...map].map(([folder, names]) => [folder, [...names].sort()]));
}
