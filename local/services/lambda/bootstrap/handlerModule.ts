import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { RuntimeError } from "./errors.ts";

/** A handler as its module exports it: `(event, context)`, and up to Node.js 22 `(…, callback)`. */
export type Handler = (event: unknown, context: object, callback?: unknown) => unknown;

/** Where Lambda looks for a module, in this order. */
const extensions = ["", ".js", ".mjs", ".cjs"];

/**
 * Loads the function that a handler setting names, `path/to/file.export`, from the code in `taskRoot`.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 *
 * @throws RuntimeError when the module or the export is missing, or the module is not JavaScript;
 *   whatever the module itself throws while it is loaded
 */
export async function loadHandler(taskRoot: string, setting: string): Promise<Handler> {
  const { path, exported } = parseHandler(setting);
  const module = await loadModule(taskRoot, path);
  const handler = find(module, exported) ?? find(property(module, "default"), exported);
  if (handler === undefined) {
    throw new RuntimeError("HandlerNotFound", `${setting} is undefined or not exported`);
  }
  if (!isHandler(handler)) {
    throw new RuntimeError("HandlerNotFound", `${setting} is not a function`);
  }
  return handler;
}

function parseHandler(setting: string): { path: string; exported: string } {
  if (setting.includes("..")) {
    throw new RuntimeError(
      "MalformedHandlerName",
      `'${setting}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const match = /^([^.]*)\.(.+)$/.exec(basename(setting));
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new RuntimeError("MalformedHandlerName", "Bad handler");
  }
  return { path: join(dirname(setting), match[1]), exported: match[2] };
}

async function loadModule(taskRoot: string, path: string): Promise<unknown> {
  try {
    const file = extensions.map((ending) => join(taskRoot, path + ending)).find(isFile);
    if (file !== undefined) return await import(pathToFileURL(file).href);
    return createRequire(join(taskRoot, "index.js"))(basename(path));
  } catch (error) {
    throw asRuntimeError(error);
  }
}

function asRuntimeError(error: unknown): unknown {
  if (error instanceof SyntaxError) {
    return new RuntimeError("UserCodeSyntaxError", String(error), { stack: error.stack });
  }
  if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") {
    return new RuntimeError("ImportModuleError", String(error));
  }
  return error;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function find(module: unknown, exported: string): unknown {
  return exported.split(".").reduce(property, module);
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}
