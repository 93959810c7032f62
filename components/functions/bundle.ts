import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as esbuild from "esbuild";

/** A handler's code, ready for Lambda. */
export type Bundle = {
  /** Lambda's name for it, `handlers/uploads/thumbnail.handler`: where it lies in the archive, and in the repo. */
  readonly handler: string;
  /** One file. The same source gives the same bytes on every machine, so that an unchanged handler is not deployed again. */
  readonly code: Promise<pulumi.asset.AssetArchive>;
};

const bundles = new Map<string, Bundle>();

/** Bundles the handler at `entry`, a path from the working directory; once, however often it is asked for. */
export function bundleHandler(entry: string): Bundle {
  const name = modulePath(entry);
  const known = bundles.get(name);
  if (known !== undefined) return known;
  const bundle = { handler: `${name}.handler`, code: nextBuild().add(name, entry) };
  bundles.set(name, bundle);
  return bundle;
}

/** `handlers/uploads/thumbnail` for `handlers/uploads/thumbnail.ts`; outside the working directory, the file's name. */
function modulePath(entry: string): string {
  const relative = path.relative(process.cwd(), path.resolve(entry));
  const inside = relative.startsWith("..") ? path.basename(relative) : relative;
  return inside
    .split(path.sep)
    .join("/")
    .replace(/\.[cm]?[jt]s$/, "");
}

let collecting: Build | undefined;

/**
 * All handlers that are asked for in one turn are built in one run of esbuild, which then reads the
 * packages that they share once.
 */
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
  readonly #entries: Record<string, string> = {};
  readonly #started = Promise.withResolvers<void>();
  readonly #result = this.#started.promise.then(() => build(this.#entries));

  async add(name: string, entry: string): Promise<pulumi.asset.AssetArchive> {
    this.#entries[name] = path.resolve(entry);
    const texts = await this.#result;
    const text = texts.get(name);
    if (text === undefined) throw new Error(`esbuild gave no output for ${entry}`);
    return new pulumi.asset.AssetArchive({ [`${name}.mjs`]: new pulumi.asset.StringAsset(text) });
  }

  start(): void {
    this.#started.resolve();
  }
}

async function build(entries: Record<string, string>): Promise<Map<string, string>> {
  const outdir = process.cwd();
  try {
    const result = await esbuild.build({ ...options, entryPoints: entries, outdir, write: false });
    return new Map(result.outputFiles.map((file) => [modulePath(file.path), file.text]));
  } catch (error) {
    throw new pulumi.RunError(await explain(error));
  }
}

/** Minified, because esbuild's plain output names the files by their place on this machine. */
const options = {
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node24",
  mainFields: ["module", "main"],
  legalComments: "none",
  outExtension: { ".js": ".mjs" },
  // Some packages still call require() for Node's own modules.
  banner: {
    js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);',
  },
  logLevel: "silent",
} satisfies esbuild.BuildOptions;

async function explain(error: unknown): Promise<string> {
  const errors = isBuildFailure(error) ? error.errors : [];
  if (errors.length === 0) return `a handler could not be bundled: ${String(error)}`;
  const messages = await esbuild.formatMessages(errors, { kind: "error", color: false });
  return `a handler does not compile:\n${messages.join("\n").trimEnd()}`;
}

function isBuildFailure(error: unknown): error is esbuild.BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
