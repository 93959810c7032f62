import { readFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { buildFailure, callbackHandlers, missingExports } from "./buildFailure.ts";
import { type BundleOptions, bundleOptions } from "./bundleArgs.ts";
import { type Consulted, consultedBy, inputName, withFiles } from "./cache/consulted.ts";
import { commonJsExports } from "./commonJsExports.ts";
import { copiedFiles } from "./copied/copiedFiles.ts";
import { copiedPackages } from "./copied/copiedPackages.ts";
import { esbuildOptions } from "./esbuildOptions.ts";
import { entryPoint, fileOfEntryPoint, handlerEntries } from "./handlerEntry.ts";
import { handlerLength } from "./handlerParameters.ts";
import { reduceSourceMap } from "./sourceMap.ts";

/** A handler to be bundled. */
export type HandlerFile = {
  /** Full path of its entry file. */
  readonly file: string;
  /** Path of its module in the archive, without extension: `handlers/uploads/thumbnail`. */
  readonly name: string;
  /** @default none: everything is bundled */
  readonly options?: BundleOptions;
};

/** The output of esbuild for a handler. */
export type BuiltHandler = {
  /** The contents of its archive, by path: a module and its source map. The bytes depend only on the sources. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** The files that the build has read. */
  readonly consulted: Consulted;
};

/**
 * Builds handlers in one run of esbuild, which reads shared packages once; in further runs those with other
 * options.
 *
 * @param folder full path of the program's folder, which positions in the source maps are relative to
 * @returns the handlers in the order given
 * @throws pulumi.RunError if one of them does not compile or exports no `handler`; then none is built
 */
export async function buildHandlers(
  handlers: readonly HandlerFile[],
  folder: string,
): Promise<BuiltHandler[]> {
  const built = new Map<HandlerFile, BuiltHandler>();
  for (const group of Map.groupBy(handlers, optionsOfEsbuild).values()) {
    const results = await buildAlike(group, folder);
    for (const [number, handler] of group.entries()) {
      const result = results[number];
      if (result !== undefined) built.set(handler, await withCopies(result, handler, folder));
    }
  }
  return handlers.flatMap((handler) => built.get(handler) ?? []);
}

/** Equal for handlers that one run of esbuild can build. */
function optionsOfEsbuild({ options = bundleOptions() }: HandlerFile): string {
  const { external, packages, loaders } = options;
  return JSON.stringify([[...external, ...packages].sort(), Object.entries(loaders).sort()]);
}

/** Adds the files that are copied into the archive, and that the build has therefore read. */
async function withCopies(
  built: BuiltHandler,
  { file: entry, options = bundleOptions() }: HandlerFile,
  folder: string,
): Promise<BuiltHandler> {
  const { files, packages, architecture } = options;
  const copies = [
    ...copiedFiles(files, folder),
    ...copiedPackages(packages, path.dirname(entry), architecture),
  ];
  const contents = copies.map(async ({ name, file }) => [name, await readFile(file)] as const);
  return {
    files: { ...Object.fromEntries(await Promise.all(contents)), ...built.files },
    consulted: withFiles(
      built.consulted,
      copies.map(({ file }) => file),
    ),
  };
}

async function buildAlike(
  handlers: readonly HandlerFile[],
  folder: string,
): Promise<BuiltHandler[]> {
  const { outputFiles, metafile } = await runEsbuild(handlers, folder);
  await refuseCommonJsWithoutHandler(handlers, folder, metafile);
  await refuseCallbacks(handlers, folder);
  const contents = new Map(outputFiles.map((file) => [file.path, file]));
  return handlers.map(({ file, name }, number) => {
    const output = path.join(folder, outdir, String(number), `${name}.mjs`);
    const module = contents.get(output);
    const map = contents.get(`${output}.map`);
    if (module === undefined || map === undefined) {
      throw new Error(`esbuild returned no output for ${file}`);
    }
    return {
      files: {
        [`${name}.mjs`]: module.contents,
        [`${name}.mjs.map`]: Buffer.from(ownPositions(map, name, folder)),
      },
      consulted: consultedBy(file, folder, metafile),
    };
  });
}

const outdir = "bundles";

async function runEsbuild(handlers: readonly HandlerFile[], folder: string) {
  // Numbered, because handlers in two folders can have the same name.
  const entryPoints = handlers.map(({ file, name }, number) => ({
    in: entryPoint(file),
    out: `${number}/${name}`,
  }));
  const { external, packages, loaders } = handlers[0]?.options ?? bundleOptions();
  try {
    return await esbuild.build({
      ...esbuildOptions,
      external: [...external, ...packages],
      loader: loaders,
      plugins: [handlerEntries, ...esbuildOptions.plugins],
      entryPoints,
      outdir,
      // esbuild's default is the folder in which it was first imported.
      absWorkingDir: folder,
      sourcemap: "linked",
      sourcesContent: false,
    });
  } catch (error) {
    throw await buildFailure(error, folder);
  }
}

/** esbuild assumes that a CommonJS file exports every name, so its text is searched for the handler. */
async function refuseCommonJsWithoutHandler(
  handlers: readonly HandlerFile[],
  folder: string,
  { inputs }: esbuild.Metafile,
): Promise<void> {
  const commonJs = handlers.filter(({ file }) => inputs[inputName(file, folder)]?.format === "cjs");
  const missing = await Promise.all(
    commonJs.map(async ({ file }) => ({ file, exported: await commonJsExports(file) })),
  );
  const refused = missing.flatMap(({ file, exported }) =>
    exported === undefined || exported.includes("handler") ? [] : [{ file, exported }],
  );
  if (refused.length > 0) throw missingExports(refused, folder);
}

/**
 * Lambda's Node.js 24 takes a function of three parameters for one that calls back, and rejects it when it
 * initializes: no invocation would succeed.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
 */
async function refuseCallbacks(handlers: readonly HandlerFile[], folder: string): Promise<void> {
  const lengths = await Promise.all(handlers.map(({ file }) => handlerLength(file)));
  const refused = handlers.filter((_, number) => (lengths[number] ?? 0) >= 3);
  if (refused.length > 0)
    throw callbackHandlers(
      refused.map(({ file }) => file),
      folder,
    );
}

/**
 * The source map with the places of the program's own files, and of packages only their names:
 * `node_modules/valibot`. Node resolves its sources in Lambda to `/var/task/` and the file's path relative to the
 * program's folder. Node reads the map at each cold start: the 1.5 MB of the SDK would cost a tenth of a second,
 * and the paths of packages differ between machines.
 */
function ownPositions(map: esbuild.OutputFile, name: string, folder: string): string {
  const toRoot = "../".repeat(name.split("/").length - 1);
  return reduceSourceMap(map.text, (source) => {
    if (fileOfEntryPoint(source) !== undefined) return undefined;
    const file = path.resolve(path.dirname(map.path), decodeURIComponent(source));
    const segments = path.relative(folder, file).split(path.sep);
    const inPackages = segments.lastIndexOf("node_modules") + 1;
    const own = inPackages === 0 ? segments : ["node_modules", ...packageIn(segments, inPackages)];
    return {
      name: toRoot + own.map(encodeURIComponent).join("/"),
      withPlaces: inPackages === 0,
    };
  });
}

/** The segments of the name of a package, which begins there in a path. */
function packageIn(segments: readonly string[], start: number): readonly string[] {
  return segments.slice(start, start + (segments[start]?.startsWith("@") ? 2 : 1));
}
