import { hash, randomUUID } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";

/** The text of a fact that is true at no other time. */
export const untraceable = randomUUID;

export type FileFactsOptions = {
  /**
   * What changed at this time or later, in the file system's milliseconds, is untraceable: a build that began
   * then may have read what was there before.
   */
  readonly since?: number;
  /** Full path of the folder in which the absence of a file is traced to the time of its folder. */
  readonly folder: string;
};

/**
 * Facts about files and folders as short texts that differ where the facts do. Each is looked up once, so that
 * handlers that share packages share the work.
 */
export class FileFacts {
  readonly #options: FileFactsOptions;
  readonly #contents = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #packages = new Map<string, string>();
  readonly #texts = new Map<string, string | undefined>();

  constructor(options: FileFactsOptions) {
    this.#options = options;
  }

  /** What a file holds. */
  content(file: string): string {
    return lookUp(this.#contents, file, () => {
      const content = existing(() => readFileSync(file));
      return this.#settled(file) ?? (content === undefined ? absent : digest(content));
    });
  }

  /** The text of a small file, undefined where it does not exist. Its change shows in `content`. */
  text(file: string): string | undefined {
    return lookUp(this.#texts, file, () => existing(() => readFileSync(file, "utf8")));
  }

  /** The names in a folder. */
  names(folder: string): string {
    return lookUp(this.#names, folder, () => {
      const names = existing(() => readdirSync(folder));
      return this.#settled(folder) ?? (names === undefined ? absent : digest(listed(names)));
    });
  }

  /** Where Node finds a package that a file in this folder imports. */
  packageFrom(folder: string, name: string): string {
    return lookUp(this.#packages, `${folder}\0${name}`, () => {
      const packages = path.join(folder, "node_modules");
      const isSearched =
        path.basename(folder) !== "node_modules" && this.names(packages) !== absent;
      const place = path.join(packages, name);
      const found = isSearched ? existing(() => realpathSync.native(place)) : undefined;
      if (found !== undefined) return this.#settled(place) ?? found;
      const parent = path.dirname(folder);
      return parent === folder ? absent : this.packageFrom(parent, name);
    });
  }

  /** @returns undefined where the file or folder is older than `since` */
  #settled(file: string): string | undefined {
    const { since, folder } = this.#options;
    if (since === undefined) return undefined;
    const changed = existing(() => lstatSync(file).ctimeMs);
    if (changed !== undefined) return changed < since ? undefined : untraceable();
    // Folders above the program's belong to other programs too: they change at all times.
    const parent = path.dirname(file);
    const isInside = `${parent}${path.sep}`.startsWith(`${folder}${path.sep}`);
    return isInside ? this.#settled(parent) : undefined;
  }
}

const absent = "absent";

/** Without the folder that the build itself may make. */
function listed(names: readonly string[]): string {
  return names
    .filter((name) => name !== ".fanout")
    .sort()
    .join("\0");
}

function digest(content: string | Uint8Array): string {
  return hash("sha256", content, "base64");
}

function lookUp<T>(known: Map<string, T>, key: string, find: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const fact = find();
  known.set(key, fact);
  return fact;
}

/** Undefined where there is nothing, or a file in place of a folder, or the reverse. */
function existing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** In jest, errors of Node are no instances of the Error that modules see. */
function isAbsence(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && absences.has(error.code);
}

const absences = new Set<unknown>(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG"]);
