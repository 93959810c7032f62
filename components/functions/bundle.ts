import { realpathSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { HandlerFile } from "./buildHandlers.ts";
import { type ArchiveFiles, readBundle } from "./bundleFolder.ts";
import { bundleHandlers } from "./bundleHandlers.ts";
import type { Build as Built } from "./cache/buildCache.ts";
import { sourcesOf } from "./cache/consulted.ts";
import { handlerName } from "./handlerName.ts";

/** A handler's code, ready for Lambda. */
export type Bundle = {
  /** Lambda's name for it: `handlers/uploads/thumbnail.handler`. */
  readonly handler: string;
  /**
   * A folder of the module and its source map. Its hash, which Pulumi takes of names and bytes, is the same
   * on every machine, so that an unchanged handler is not deployed again.
   */
  readonly code: Promise<pulumi.asset.FileArchive>;
};

/** What a bundle holds, and of what it is made. */
export type BundleContents = {
  /** By their path in the archive. */
  readonly files: ArchiveFiles;
  /** Full paths of the files that it is made of. */
  readonly sources: readonly string[];
};

/** A handler that was bundled. */
export type BundledHandler = HandlerFile & {
  /** Reads the bundle. */
  readonly contents: () => Promise<BundleContents>;
};

/** By the entry's full path. */
const bundles = new Map<string, Bundle & BundledHandler>();

/** Bundles the handler at `entry`, a path from the working directory; once, however often it is asked for. */
export function bundleHandler(entry: string): Bundle {
  const file = path.resolve(entry);
  const known = bundles.get(file);
  if (known !== undefined) return known;
  const name = handlerName(file, process.cwd());
  const bundle = { handler: `${name}.handler`, file, name, ...nextBuild().add({ file, name }) };
  bundles.set(file, bundle);
  return bundle;
}

/** Every handler that was bundled so far. */
export function bundledHandlers(): readonly BundledHandler[] {
  return [...bundles.values()];
}

let collecting: Build | undefined;

/** All handlers that a program asks for before it waits for something are built together. */
function nextBuild(): Build {
  const folder = process.cwd();
  if (collecting?.folder === folder) return collecting;
  const build = new Build(folder);
  collecting = build;
  setImmediate(() => {
    if (collecting === build) collecting = undefined;
    build.start();
  });
  return build;
}

class Build {
  /** Full path of the folder in which the program runs. */
  readonly folder: string;
  readonly #project = projectFolder();
  readonly #handlers: HandlerFile[] = [];
  readonly #started = Promise.withResolvers<void>();
  readonly #built = this.#started.promise.then(() => this.#run());

  constructor(folder: string) {
    this.folder = folder;
  }

  add(handler: HandlerFile): Pick<Bundle & BundledHandler, "code" | "contents"> {
    const number = this.#handlers.push(handler) - 1;
    const built = this.#result(number);
    return { code: this.#archive(built), contents: () => readContents(built) };
  }

  start(): void {
    this.#started.resolve();
  }

  #run(): Promise<Built[]> {
    const bundlesFolder = path.join(this.#project ?? this.folder, ".fanout", "bundles");
    return bundleHandlers(this.#handlers, this.folder, bundlesFolder);
  }

  async #result(number: number): Promise<Built> {
    const built = (await this.#built)[number];
    if (built === undefined) throw new Error(`${this.#handlers[number]?.file} was not built`);
    return built;
  }

  async #archive(built: Promise<Built>): Promise<pulumi.asset.FileArchive> {
    const { folder } = await built;
    return new pulumi.asset.FileArchive(
      this.#project === undefined ? folder : relativePath(this.folder, folder),
    );
  }
}

async function readContents(built: Promise<Built>): Promise<BundleContents> {
  const { folder, sizes, consulted } = await built;
  const files = await readBundle(folder, Object.keys(sizes));
  return { files, sources: sourcesOf(consulted) };
}

/**
 * The folder of Pulumi.yaml, where `pulumi up` runs the program: the engine then finds relative paths from
 * the working directory, and state does not hold where the checkout lies. Undefined for programs inside
 * another one (Automation API, mocks), whose engine may run in any folder.
 */
function projectFolder(): string | undefined {
  const folder = pulumi.getRootDirectory();
  return path.isAbsolute(folder) ? realpathSync(folder) : undefined;
}

function relativePath(from: string, to: string): string {
  return path.relative(from, to).split(path.sep).join("/");
}
