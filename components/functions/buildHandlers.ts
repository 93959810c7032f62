import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as esbuild from "esbuild";

/** A handler as esbuild made it. */
export type BuiltHandler = {
  /** One module. The same source gives the same text on every machine. */
  readonly text: string;
  /** Absolute paths of the files that it is made of. */
  readonly sources: readonly string[];
};

/**
 * Builds handlers in one run of esbuild, which reads the packages that they share once.
 *
 * @param files full paths of the entry files
 * @returns the handlers in the order of the files
 * @throws pulumi.RunError when one of them does not compile: then none is built
 */
export async function buildHandlers(files: readonly string[]): Promise<BuiltHandler[]> {
  // Numbers, because files of one name in two folders would have one output.
  const entryPoints = files.map((file, number) => ({ in: file, out: String(number) }));
  try {
    const { outputFiles, metafile } = await esbuild.build({ ...options, entryPoints });
    const texts = new Map(outputFiles.map((file) => [path.basename(file.path), file.text]));
    const entries = new Map(
      Object.entries(metafile.outputs).map(([name, { entryPoint }]) => [
        path.basename(name),
        entryPoint,
      ]),
    );
    return files.map((file, number) => {
      const text = texts.get(`${number}.mjs`);
      const entry = entries.get(`${number}.mjs`);
      if (text === undefined || entry === undefined) {
        throw new Error(`esbuild gave no output for ${file}`);
      }
      return { text, sources: sourcesOf(entry, metafile) };
    });
  } catch (error) {
    throw saidOnce(await explain(error));
  }
}

/** The entry and all that it imports, also what left nothing in the output: a constant that was put in its place. */
function sourcesOf(entry: string, { inputs }: esbuild.Metafile): string[] {
  const found = new Set([entry]);
  // A set is gone through to its end, also when it grows meanwhile.
  for (const file of found) {
    for (const { path: imported, external } of inputs[file]?.imports ?? []) {
      if (!external) found.add(imported);
    }
  }
  return [...found].map((file) => path.resolve(file));
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
  metafile: true,
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
