import Module, { createRequire, register } from "node:module";
import { dirname, join } from "node:path";
import { isMissing, missingCodes } from "./errors.ts";

type Hooks = {
  readonly layerFolder?: string | undefined;
  /** The folders of modules in layers. */
  readonly layers: readonly string[];
  /** Where version 3 of the SDK is found, in `node_modules` or one above. */
  readonly sdkFolders: readonly string[];
  /** The file of a path below `/opt`; anything else as it is. */
  readonly files: (specifier: string) => string;
  /** Where a package is looked for that is not found where it is asked for. */
  readonly foldersOf: (specifier: string) => readonly string[];
  /** An error of a package that was not found, with what to do about it. */
  readonly advised: (error: unknown, specifier: string) => unknown;
  /** What is added to the loader of version 2 of the SDK. */
  readonly useEndpoint: string;
};

/** What of Node's CommonJS loader is not in its types. */
type Loader = {
  _resolveFilename(specifier: string, ...rest: unknown[]): string;
  readonly prototype: { _compile(content: string, file: string, ...rest: unknown[]): unknown };
};

/** Does on Node 22.13 and 22.14 what is done by hooks on later ones. */
export function hookOlderNode(hooks: Hooks): void {
  hookRequire(hooks);
  register(`data:text/javascript,${encodeURIComponent(importHooks(hooks))}`);
}

function hookRequire({ files, foldersOf, advised, useEndpoint }: Hooks): void {
  const loader = commonJsLoader(Module);
  const { _resolveFilename: resolve } = loader;
  const { _compile: compile } = loader.prototype;
  let isNested = false;
  loader._resolveFilename = (specifier, ...rest) => {
    const file = files(specifier);
    try {
      return resolve.call(loader, file, ...rest);
    } catch (error) {
      const isPath = file.startsWith(".") || file.startsWith("/");
      if (isNested || isPath || !isMissing(error)) throw error;
      isNested = true;
      try {
        return firstFound(foldersOf(file), file) ?? fail(advised(error, file));
      } finally {
        isNested = false;
      }
    }
  };
  loader.prototype._compile = function (content, file, ...rest) {
    const isLoader = file.endsWith("/aws-sdk/lib/node_loader.js");
    return compile.call(this, isLoader ? `${content}\n${useEndpoint}` : content, file, ...rest);
  };
}

/** @throws Error when this Node has not what is hooked */
function commonJsLoader(module: object): Loader {
  if (isLoader(module)) return module;
  throw new Error(
    `Node ${process.versions.node} (${process.execPath}) lacks what finds the modules of layers and the AWS SDK, module.registerHooks as well as Module._resolveFilename: run with Node 22.15 or later`,
  );
}

function isLoader(module: object): module is Loader {
  const { _resolveFilename, prototype }: Partial<Loader> = module;
  return typeof _resolveFilename === "function" && typeof prototype?._compile === "function";
}

function firstFound(folders: readonly string[], specifier: string): string | undefined {
  for (const folder of folders) {
    try {
      return createRequire(join(folder, "index.js")).resolve(specifier);
    } catch (error) {
      // The error of the first attempt names the importing module.
      if (!isMissing(error)) throw error;
    }
  }
  return undefined;
}

function fail(error: unknown): never {
  throw error;
}

/** A module for the thread in which Node asks for what `import` finds. */
function importHooks({ layerFolder, layers, sdkFolders }: Hooks): string {
  const parents = (folders: readonly string[]) => folders.map((each) => join(each, "index.js"));
  return `
import { pathToFileURL } from "node:url";
const layerFolder = ${JSON.stringify(layerFolder ?? null)};
const layers = ${JSON.stringify(parents(layers.map(dirname)))};
const sdk = ${JSON.stringify(parents(sdkFolders))};
const missingCodes = ${JSON.stringify(missingCodes)};
export async function resolve(specifier, context, next) {
  const path = specifier.replace(/^file:\\/\\//, "");
  if (layerFolder !== null && path.startsWith("/opt/")) {
    return next(pathToFileURL(layerFolder + path.slice("/opt".length)).href, context);
  }
  try {
    return await next(specifier, context);
  } catch (error) {
    if (/^[./]|^[a-z]+:/.test(specifier) || !missingCodes.includes(error.code)) throw error;
    const isSdk = sdk.length > 0 && /^@(aws-sdk|smithy)\\//.test(specifier);
    for (const parent of [...layers, ...(isSdk ? sdk : [])]) {
      try {
        return await next(specifier, { ...context, parentURL: pathToFileURL(parent).href });
      } catch (later) {
        if (!missingCodes.includes(later.code)) throw later;
      }
    }
    throw error;
  }
}
`;
}
