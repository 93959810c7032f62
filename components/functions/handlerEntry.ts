import path from "node:path";
import type { Message, Plugin } from "esbuild";

const namespace = "handler";
/** Marks a resolution that is left to esbuild. */
const byEsbuild = Symbol("by esbuild");

/**
 * Generates the module `export { handler } from FILE` for each handler. With it, esbuild reports a missing
 * handler, and accepts CommonJS files.
 */
export const handlerEntries: Plugin = {
  name: "handler-entries",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path: entry, kind }) =>
      kind === "entry-point" ? { path: entry.slice(namespace.length + 1), namespace } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace }, ({ path: file }) => {
      const name = JSON.stringify(`./${path.basename(file)}`);
      const resolveDir = path.dirname(file);
      return { contents: `import ${name};export { handler } from ${name};`, resolveDir };
    });
    // An entry point is never tree-shaken, whatever `sideEffects` its package.json declares. esbuild applies
    // tsconfig.json only to files that it resolves itself.
    build.onResolve({ filter: /.*/, namespace }, async ({ path: name, ...from }) => {
      if (from.pluginData === byEsbuild) return undefined;
      const file = path.join(from.resolveDir, name);
      const { importer, kind, resolveDir } = from;
      const own = { importer, kind, namespace, resolveDir, pluginData: byEsbuild };
      const found = await build.resolve(name, own);
      return found.path === file && found.sideEffects
        ? undefined
        : { path: file, sideEffects: true };
    });
  },
};

/** The entry point of a handler. @param file full path of its entry file */
export function entryPoint(file: string): string {
  return `${namespace}:${file}`;
}

/** The handler's file, if a name in esbuild's results is that of an entry point. */
export function fileOfEntryPoint(name: string): string | undefined {
  return name.startsWith(`${namespace}:`) ? name.slice(namespace.length + 1) : undefined;
}

/** The file of the handler that a message reports as missing. */
export function handlerWithoutExport({ text, location }: Message): string | undefined {
  return text.startsWith("No matching export") && location
    ? fileOfEntryPoint(location.file)
    : undefined;
}
