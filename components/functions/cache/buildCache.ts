import { hash } from "node:crypto";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { HandlerFile } from "../buildHandlers.ts";
import { existing, noteUse } from "../bundleFolder.ts";
import { installedBuildVersion } from "./buildVersion.ts";
import type { Consulted } from "./consulted.ts";
import { Fingerprints } from "./fingerprint.ts";

/** What a build made, and of what. */
export type Build = {
  /** Full path of the folder that holds the bundle. */
  readonly folder: string;
  /** Bytes of each file in it, by path. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly consulted: Consulted;
};

type Entry = Build & { readonly fingerprint: string };

/**
 * The last build of each handler, a file for each in the folder of bundles. A build is returned as long as
 * everything that it consulted is unchanged.
 */
export class BuildCache {
  readonly #folder: string;
  readonly #bundles: string;
  readonly #version: string;
  readonly #now: Fingerprints;

  /**
   * @param folder full path of the program's folder
   * @param bundles full path of the folder of bundles
   * @param version of what builds: builds of another version are not found
   */
  constructor(folder: string, bundles: string, version = installedBuildVersion()) {
    this.#version = version;
    this.#folder = folder;
    this.#bundles = bundles;
    this.#now = new Fingerprints({ folder });
  }

  /** Undefined where the handler has to be built. */
  async find(handler: HandlerFile): Promise<Build | undefined> {
    const file = this.#fileOf(handler);
    const text = await existing(readFile(file, "utf8"));
    const entry = text === undefined ? undefined : this.#parse(text);
    if (entry === undefined || this.#now.of(entry.consulted) !== entry.fingerprint)
      return undefined;
    await noteUse(file);
    return entry;
  }

  /**
   * Remembers builds that began at a time of the file system's clock. What changed since then may have been
   * read before it changed: such a build is not found again.
   */
  async remember(builds: readonly (readonly [HandlerFile, Build])[], since: number): Promise<void> {
    const fingerprints = new Fingerprints({ folder: this.#folder, since });
    const written = await mkdtemp(path.join(this.#bundles, "new-"));
    try {
      for (const [handler, build] of builds) {
        const entry: Entry = { ...build, fingerprint: fingerprints.of(build.consulted) };
        const file = this.#fileOf(handler);
        const complete = path.join(written, path.basename(file));
        await writeFile(complete, this.#format(entry));
        await rename(complete, file);
      }
    } finally {
      await rm(written, { recursive: true, force: true });
    }
  }

  #fileOf({ file, name, options }: HandlerFile): string {
    const parts = [this.#folder, file, name, ...(options ? [JSON.stringify(options)] : [])];
    const key = hash("sha256", parts.join("\0")).slice(0, 16);
    return path.join(this.#bundles, `${path.posix.basename(name)}-${key}.json`);
  }

  #format(entry: Entry): string {
    const body = JSON.stringify(entry);
    return `${this.#check(body)}\n${body}`;
  }

  /** Undefined where another version wrote the text, or a part of it is lost. */
  #parse(text: string): Entry | undefined {
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    if (text.slice(0, Math.max(end, 0)) !== this.#check(body)) return undefined;
    // Written by these very sources, as the check shows.
    const entry: Entry = JSON.parse(body);
    return entry;
  }

  #check(body: string): string {
    return hash("sha256", `${this.#version}\0${body}`);
  }
}
