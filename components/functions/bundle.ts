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

/** By the entry's full path. */
const bundles = new Map<string, Bundle>();

/** Bundles the handler at `entry`, a path from the working directory; once, however often it is asked for. */
export function bundleHandler(entry: string): Bundle {
  const file = path.resolve(entry);
  const known = bundles.get(file);
  if (known !== undefined) return known;
  const name = modulePath(file);
  const bundle = { handler: `${name}.handler`, code: archive(name, nextBuild().add(file)) };
  bundles.set(file, bundle);
  return bundle;
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

async function archive(name: string, text: Promise<string>): Promise<pulumi.asset.AssetArchive> {
  return new pulumi.asset.AssetArchive({
    [`${name}.mjs`]: new pulumi.asset.StringAsset(await text),
  });
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
  readonly #files: string[] = [];
  readonly #started = Promise.withResolvers<void>();
  readonly #result = this.#started.promise.then(() => build(this.#files));

  async add(file: string): Promise<string> {
    const number = this.#files.push(file) - 1;
    const text = (await this.#result).get(number);
    if (text === undefined) throw new Error(`esbuild gave no output for ${file}`);
    return text;
  }

  start(): void {
    this.#started.resolve();
  }
}

/** The bundles' texts, by the number of their file. */
async function build(files: readonly string[]): Promise<Map<number, string>> {
  // Numbers, because files of one name in two folders would have one output.
  const entryPoints = files.map((file, number) => ({ in: file, out: String(number) }));
  try {
    const { outputFiles } = await esbuild.build({ ...options, entryPoints });
    return new Map(
      outputFiles.map((file) => [Number.parseInt(path.basename(file.path), 10), file.text]),
    );
  } catch (error) {
    throw saidOnce(await explain(error));
  }
}

/** Minified, because esbuild's plain output names the files by their place on this machine. */
const options = {
  bundle: true,
  write: false,
  outdir: "bundles",
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

/**
 * Pulumi writes the input's name before the message, again for each function that waits for the bundle,
 * and shows the stack where the program itself has ended: neither tells the user anything.
 */
function saidOnce(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  Object.defineProperty(error, "message", { get: () => message, set: () => {} });
  error.stack = message;
  return error;
}

async function explain(error: unknown): Promise<string> {
  // esbuild's notes advise settings of esbuild, which are not the user's to set.
  const errors = isBuildFailure(error) ? error.errors.map((each) => ({ ...each, notes: [] })) : [];
  if (errors.length === 0) return `a handler could not be bundled: ${String(error)}`;
  const messages = await esbuild.formatMessages(errors, { kind: "error", color: false });
  return `a handler does not compile:\n${messages.join("\n").trimEnd()}`;
}

function isBuildFailure(error: unknown): error is esbuild.BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
