import { type Dirent, existsSync, type FSWatcher, readdirSync, watch } from "node:fs";
import path from "node:path";

/** How long files must have been left alone, in the machine's milliseconds: editors save in several steps. */
const quiet = 40;

/**
 * Watches the folders of source files, and those inside them. Packages are not watched: who installs
 * one starts anew.
 */
export class SourceWatch {
  readonly #onChange: (files: ReadonlySet<string>) => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param onChange is given the full paths of what was written, moved or removed, once it is quiet */
  constructor(onChange: (files: ReadonlySet<string>) => void) {
    this.#onChange = onChange;
  }

  /** Watches the folders of these files too, and those that were made in them meanwhile. */
  add(sources: Iterable<string>): void {
    this.#forgetGone();
    const folders = new Set([...sources].filter(isOwn).map((file) => path.dirname(file)));
    for (const folder of [...folders, ...this.#watchers.keys()]) {
      for (const each of withInner(folder)) this.#watch(each);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_kind, name) => {
        if (name !== null) this.#note(path.join(folder, name));
      });
      watcher.on("error", () => this.#forget(folder));
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** What is gone may come back: the folder around it tells. */
  #forgetGone(): void {
    for (const folder of this.#watchers.keys()) if (!existsSync(folder)) this.#forget(folder);
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #note(file: string): void {
    this.#changed.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const changed = this.#changed;
      this.#changed = new Set();
      this.#onChange(changed);
    }, quiet);
  }
}

function isOwn(file: string): boolean {
  return !file.split(path.sep).includes("node_modules");
}

/** The folder, and those inside it, however deep; without packages and hidden folders. */
function withInner(folder: string): string[] {
  const inner = entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => name !== "node_modules" && !name.startsWith("."));
  return [folder, ...inner.flatMap((name) => withInner(path.join(folder, name)))];
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
