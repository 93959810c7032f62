import {
  type Dirent,
  type FSWatcher,
  fstatSync,
  readdirSync,
  type Stats,
  statSync,
  watch,
} from "node:fs";
import path from "node:path";
import { errorCode } from "../storage/errorCode.ts";

/** How long files must have been left alone, in milliseconds: editors save in several steps. */
const quiet = 40;

/** Results of builds and tests; packages and hidden folders are not watched either. */
const generatedFolders = new Set(["node_modules", "dist", "build", "coverage", "__pycache__"]);

export type WatchListeners = {
  /** Receives the full paths of what was written, moved or removed, once it is quiet. */
  readonly onChange: (files: ReadonlySet<string>) => void;
  /** Receives why folders that were created meanwhile are not watched. */
  readonly onProblem: (error: unknown) => void;
};

/** Watches files, and folders with all that is in them. */
export class SourceWatch {
  readonly #listeners: WatchListeners;
  readonly #watchers = new Map<string, FSWatcher>();
  /** Folders that are watched whole. */
  readonly #trees = new Set<string>();
  /** Single files, wherever they are. */
  readonly #files = new Set<string>();
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(listeners: WatchListeners) {
    this.#listeners = listeners;
  }

  /**
   * Watches these files and folders too, and folders that were created in them meanwhile.
   *
   * @param paths full paths; what does not exist or cannot be read is left out
   * @throws Error if the system lets no more folders be watched
   */
  add(paths: readonly string[]): void {
    for (const each of paths) {
      const stats = statsOf(each);
      if (stats?.isDirectory()) this.#trees.add(each);
      else if (stats !== undefined) this.#files.add(each);
    }
    this.#watchAll();
  }

  /** Reports at once what has changed so far. */
  flush(): void {
    clearTimeout(this.#timer);
    const changed = this.#changed;
    if (changed.size === 0) return;
    this.#changed = new Set();
    try {
      this.#watchAll();
    } catch (error) {
      this.#listeners.onProblem(error);
    }
    this.#listeners.onChange(changed);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watchAll(): void {
    for (const tree of this.#trees) for (const folder of foldersIn(tree)) this.#watch(folder);
    for (const file of this.#files) this.#watch(path.dirname(file));
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_kind, name) => {
        if (name !== null) this.#note(path.join(folder, name));
      });
      // A folder that is gone may come back: the folder around it reports that.
      watcher.on("error", () => this.#forget(folder));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #note(file: string): void {
    if (this.#watchers.has(file) && !isFolder(file)) this.#forget(file);
    if (!this.#isMeant(file) || isOwnOutput(file)) return;
    this.#changed.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), quiet);
  }

  #isMeant(file: string): boolean {
    if (this.#files.has(file)) return true;
    return [...this.#trees].some((tree) => {
      const inner = path.relative(tree, file).split(path.sep);
      return inner[0] !== ".." && !inner.some(isLeftOut);
    });
  }
}

function isLeftOut(name: string): boolean {
  return generatedFolders.has(name) || name.startsWith(".") || name.endsWith(".log");
}

/** Whether this process prints into the file, which would be a change after each run. */
function isOwnOutput(file: string): boolean {
  const stats = statsOf(file);
  if (stats?.isFile() !== true) return false;
  return [process.stdout.fd, process.stderr.fd].some((descriptor) => {
    const { dev, ino } = fstatSync(descriptor);
    return dev === stats.dev && ino === stats.ino;
  });
}

/** The folder and those inside it, however deep. */
function foldersIn(folder: string): string[] {
  const inner = entriesOf(folder)
    .filter((entry) => entry.isDirectory() && !isLeftOut(entry.name))
    .map(({ name }) => path.join(folder, name));
  return [folder, ...inner.flatMap(foldersIn)];
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isOutOfReach(error)) return [];
    throw error;
  }
}

function isFolder(file: string): boolean {
  return statsOf(file)?.isDirectory() === true;
}

/** Undefined for what is out of reach. */
function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch (error) {
    if (isOutOfReach(error)) return undefined;
    throw error;
  }
}

/**
 * Whether a file or folder is gone, is not what it was, is a link to itself, or belongs to another user, such as the
 * data of a container.
 */
function isOutOfReach(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "ELOOP", "EACCES", "EPERM"].includes(errorCode(error) ?? "");
}
