import { readFile } from "node:fs/promises";
import { initSync, parse } from "cjs-module-lexer";
import * as esbuild from "esbuild";

/**
 * The names that a CommonJS file exports, found in its text: `exports.name = ...` and
 * `module.exports = { name }`.
 *
 * @returns undefined if the file re-exports another module, or if its text contains no exports
 */
export async function commonJsExports(file: string): Promise<string[] | undefined> {
  initSync();
  const { exports: found, reexports } = parse(await javaScript(file));
  const names = found.filter((name) => name !== "__esModule");
  return reexports.length > 0 || names.length === 0 ? undefined : names;
}

async function javaScript(file: string): Promise<string> {
  const [, loader = "js"] = /\.[cm]?([jt]sx?)$/.exec(file) ?? [];
  const { code } = await esbuild.transform(await readFile(file, "utf8"), {
    loader: loader === "ts" || loader === "tsx" || loader === "jsx" ? loader : "js",
    logLevel: "silent",
  });
  return code;
}
