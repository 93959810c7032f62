import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as esbuild from "esbuild";
import { esbuildOptions } from "./esbuildOptions.ts";
import { handlerWithoutExport } from "./handlerEntry.ts";

type MissingExport = {
  /** Full path of the handler's entry file. */
  readonly file: string;
  /** The names that it exports. */
  readonly exported: readonly string[];
};

/** The error for handlers whose files export no `handler`. */
export function missingExports(missing: readonly MissingExport[], folder: string): pulumi.RunError {
  return notCompiling(missing.map((each) => missingExport(each, folder)));
}

/** The error for handlers that call back. @param files full paths of their entry files */
export function callbackHandlers(files: readonly string[], folder: string): pulumi.RunError {
  return notCompiling(
    files.map(
      (file) =>
        `${path.relative(folder, file)}: Lambda rejects a handler with a third parameter, the callback, from Node.js 24 on; make it async and return the result`,
    ),
  );
}

/** The error for a run of esbuild that failed. @param folder full path of the program's folder */
export async function buildFailure(error: unknown, folder: string): Promise<pulumi.RunError> {
  const errors = isBuildFailure(error) ? error.errors : [];
  if (errors.length === 0) return bundleError(`a handler could not be bundled: ${String(error)}`);
  const files = errors.map(handlerWithoutExport).filter((file) => file !== undefined);
  const missing = await Promise.all(
    files.map(async (file) => ({ file, exported: await moduleExports(file, folder) })),
  );
  const others = errors.filter((each) => handlerWithoutExport(each) === undefined);
  // esbuild's notes suggest options of esbuild, which users cannot set.
  const formatted = await esbuild.formatMessages(
    others.map((each) => ({ ...each, notes: advice(each) })),
    { kind: "error", color: false },
  );
  return notCompiling([...missing.map((each) => missingExport(each, folder)), ...formatted]);
}

/** The names that an ES module exports, those of `export *` included. */
async function moduleExports(file: string, folder: string): Promise<readonly string[]> {
  const { metafile } = await esbuild.build({
    ...esbuildOptions,
    entryPoints: [file],
    absWorkingDir: folder,
  });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports);
}

function missingExport({ file, exported }: MissingExport, folder: string): string {
  const relative = path.relative(folder, file);
  const found = exported.length === 0 ? "nothing" : exported.join(", ");
  return `${relative} exports no "handler" (it exports ${found}); export the function under that name`;
}

function notCompiling(problems: readonly string[]): pulumi.RunError {
  return bundleError(`a handler does not compile:\n${problems.join("\n").trimEnd()}`);
}

/** A remedy for an error whose text has none. */
function advice({ text, location }: esbuild.Message): { text: string }[] {
  const [, name = ""] = /^Could not resolve "([^"./][^"]*)"/.exec(text) ?? [];
  if (name !== "") {
    const packageName = name.split("/", name.startsWith("@") ? 2 : 1).join("/");
    return [
      {
        text: `Install the package in the project: npm install ${packageName}; or, if a layer has it, set on the handler: bundle: { external: ["${packageName}"] }`,
      },
    ];
  }
  if (text.startsWith('No loader is configured for ".node"')) {
    return [
      {
        text: `Native code cannot be bundled. Copy the package into the archive; set on the handler: bundle: { packages: ["${packageOf(location)}"] }`,
      },
    ];
  }
  return text.startsWith("No loader is configured for")
    ? [
        {
          text: `Say how such files are loaded; set on the handler: bundle: { loaders: { "${extensionOf(text)}": "text" } }, or "binary" for bytes. For a file that the handler reads itself: bundle: { files: [...] }`,
        },
      ]
    : [];
}

/** The package that a file belongs to: with pnpm, the innermost one of its path. */
function packageOf(location: esbuild.Location | null): string {
  const inside = location?.file.split(/(?:^|[\\/])node_modules[\\/]/).at(-1) ?? "";
  const parts = inside.split(/[\\/]/, inside.startsWith("@") ? 2 : 1);
  return location?.file.includes("node_modules") ? parts.join("/") : "NAME";
}

function extensionOf(text: string): string {
  return /for "([^"]+)" files/.exec(text)?.[1] ?? ".html";
}

/**
 * An error whose message and stack cannot be changed: Pulumi prefixes the message with the input's name for
 * each function that uses the bundle, and shows a stack that has nothing to do with the handler.
 */
export function bundleError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  Object.defineProperty(error, "message", { get: () => message, set: () => {} });
  error.stack = message;
  return error;
}

function isBuildFailure(error: unknown): error is esbuild.BuildFailure {
  return (
    typeof error === "object" && error !== null && "errors" in error && Array.isArray(error.errors)
  );
}
