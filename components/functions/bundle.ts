import type * as pulumi from "@pulumi/pulumi";
import { archiveOf, bundlesFolder, projectFolder } from "./archive.ts";
import type { HandlerFile } from "./buildHandlers.ts";
import { type Architecture, type BundleArgs, bundleOptions } from "./bundleArgs.ts";
import { bundleHandlers, preloadBuilder } from "./bundleHandlers.ts";
import type { Build as Built } from "./cache/buildCache.ts";
import { handlerName } from "./handlerName.ts";
import { entryFile, programFolder } from "./programFolder.ts";

/** A handler's code, ready for Lambda. */
export type Bundle = {
  /** Lambda's name for it: `handlers/uploads/thumbnail.handler`. */
  readonly handler: string;
  /**
   * A folder of the module and its source map. Its hash, which Pulumi computes from names and bytes, is the
   * same on every machine, so that an unchanged handler is not deployed again.
   */
  readonly code: Promise<pulumi.asset.FileArchive>;
};

/** By the entry's full path and the options. */
const bundles = new Map<string, Bundle>();

/**
 * Bundles a handler, once for each entry and set of options.
 *
 * @param entry path of the entry file, relative to the program's folder, absolute or a file URL
 * @param architecture of the function, for packages with native code
 */
export function bundleHandler(
  entry: string,
  args?: BundleArgs,
  architecture?: Architecture,
): Bundle {
  const folder = programFolder();
  const file = entryFile(entry, folder);
  const options = bundleOptions(args, architecture);
  const key = JSON.stringify([file, options]);
  const known = bundles.get(key);
  if (known !== undefined) return known;
  const name = handlerName(file, folder);
  const code = nextBuild(folder).add({ file, name, options });
  const bundle = { handler: `${name}.handler`, code };
  bundles.set(key, bundle);
  return bundle;
}

let collecting: Build | undefined;

/** Handlers that a program requests in one turn of the event loop are built together. */
function nextBuild(folder: string): Build {
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
    // A unit test may end before its handlers are built, and jest then loads no more modules.
    if (this.#project === undefined) preloadBuilder();
  }

  add(handler: HandlerFile): Bundle["code"] {
    const number = this.#handlers.push(handler) - 1;
    return this.#archive(this.#result(number));
  }

  start(): void {
    this.#started.resolve();
  }

  #run(): Promise<Built[]> {
    const bundles = bundlesFolder(this.folder, this.#project);
    return bundleHandlers(this.#handlers, this.folder, bundles);
  }

  async #result(number: number): Promise<Built> {
    const built = (await this.#built)[number];
    if (built === undefined) throw new Error(`${this.#handlers[number]?.file} was not built`);
    return built;
  }

  async #archive(built: Promise<Built>): Promise<pulumi.asset.FileArchive> {
    const { folder } = await built;
    return archiveOf(folder, this.folder, this.#project);
  }
}
