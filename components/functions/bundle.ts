import { realpathSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type BuiltHandler, buildHandlers, type HandlerFile } from "./buildHandlers.ts";
import { removeUnused, writeBundle } from "./bundleFolder.ts";
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

/** A built handler, and the folder that holds its files. */
type WrittenHandler = BuiltHandler & { readonly folder: string };

/** A handler that was bundled. */
export type BundledHandler = HandlerFile & { readonly built: Promise<BuiltHandler> };

/** By the entry's full path. */
const bundles = new Map<string, Bundle & BundledHandler>();

/** Bundles the handler at `entry`, a path from the working directory; once, however often it is asked for. */
export function bundleHandler(entry: string): Bundle {
  const file = path.resolve(entry);
  const known = bundles.get(file);
  if (known !== undefined) return known;
  const name = handlerName(file, process.cwd());
  const { built, code } = nextBuild().add({ file, name });
  const bundle = { handler: `${name}.handler`, code, file, name, built };
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
  readonly #written = this.#started.promise.then(() => this.#run());

  constructor(folder: string) {
    this.folder = folder;
  }

  add(handler: HandlerFile): Pick<Bundle & BundledHandler, "built" | "code"> {
    const number = this.#handlers.push(handler) - 1;
    const built = this.#result(number);
    return { built, code: this.#archive(built) };
  }

  start(): void {
    this.#started.resolve();
  }

  async #run(): Promise<WrittenHandler[]> {
    const built = await buildHandlers(this.#handlers, this.folder);
    const bundlesFolder = path.join(this.#project ?? this.folder, ".fanout", "bundles");
    const written = await Promise.all(
      built.map(async (handler, number) => {
        const label = path.posix.basename(this.#handlers[number]?.name ?? "");
        return { ...handler, folder: await writeBundle(bundlesFolder, label, handler.files) };
      }),
    );
    await removeUnused(bundlesFolder);
    return written;
  }

  async #result(number: number): Promise<WrittenHandler> {
    const written = (await this.#written)[number];
    if (written === undefined) throw new Error(`${this.#handlers[number]?.file} was not built`);
    return written;
  }

  async #archive(written: Promise<WrittenHandler>): Promise<pulumi.asset.FileArchive> {
    const { folder } = await written;
    return new pulumi.asset.FileArchive(
      this.#project === undefined ? folder : relativePath(this.folder, folder),
    );
  }
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
