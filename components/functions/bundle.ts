import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type BuiltHandler, buildHandlers } from "./buildHandlers.ts";

/** A handler's code, ready for Lambda. */
export type Bundle = {
  /** Lambda's name for it, `handlers/uploads/thumbnail.handler`: where it lies in the archive, and in the repo. */
  readonly handler: string;
  /** One file. The same source gives the same bytes on every machine, so that an unchanged handler is not deployed again. */
  readonly code: Promise<pulumi.asset.AssetArchive>;
};

/** A handler that was bundled. */
export type BundledHandler = {
  /** Full path of its entry. */
  readonly file: string;
  /** Where it lies in its archive. */
  readonly archivePath: string;
  readonly built: Promise<BuiltHandler>;
};

/** By the entry's full path. */
const bundles = new Map<string, Bundle & BundledHandler>();

/** Bundles the handler at `entry`, a path from the working directory; once, however often it is asked for. */
export function bundleHandler(entry: string): Bundle {
  const file = path.resolve(entry);
  const known = bundles.get(file);
  if (known !== undefined) return known;
  const name = modulePath(file);
  const archivePath = `${name}.mjs`;
  const built = nextBuild().add(file);
  const code = archive(archivePath, built);
  const bundle = { handler: `${name}.handler`, code, file, archivePath, built };
  bundles.set(file, bundle);
  return bundle;
}

/** Every handler that was bundled so far. */
export function bundledHandlers(): readonly BundledHandler[] {
  return [...bundles.values()];
}

/** `handlers/uploads/thumbnail` for `handlers/uploads/thumbnail.ts`; outside the working directory, the file's name. */
function modulePath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const inside = relative.startsWith("..") ? path.basename(relative) : relative;
  return inside
    .split(path.sep)
    .join("/")
    .replace(/\.[cm]?[jt]s$/, "");
}

async function archive(
  archivePath: string,
  built: Promise<BuiltHandler>,
): Promise<pulumi.asset.AssetArchive> {
  const { text } = await built;
  return new pulumi.asset.AssetArchive({ [archivePath]: new pulumi.asset.StringAsset(text) });
}

let collecting: Build | undefined;

/** All handlers that are asked for in one turn are built together. */
function nextBuild(): Build {
  if (collecting === undefined) {
    collecting = new Build();
    queueMicrotask(() => {
      collecting?.start();
      collecting = undefined;
    });
  }
  return collecting;
}

class Build {
  readonly #files: string[] = [];
  readonly #started = Promise.withResolvers<void>();
  readonly #result = this.#started.promise.then(() => buildHandlers(this.#files));

  async add(file: string): Promise<BuiltHandler> {
    const number = this.#files.push(file) - 1;
    const built = (await this.#result)[number];
    if (built === undefined) throw new Error(`${file} was not built`);
    return built;
  }

  start(): void {
    this.#started.resolve();
  }
}
