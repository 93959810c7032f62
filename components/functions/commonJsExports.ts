import { initSync, parse } from "cjs-module-lexer";
import { handlerText } from "./handlerText.ts";

/**
 * The names that a CommonJS file exports, found in its text: `exports.name = ...` and
 * `module.exports = { name }`.
 *
 * @returns undefined if the file re-exports another module, or if its text contains no exports
 */
export async function commonJsExports(file: string): Promise<string[] | undefined> {
  initSync();
  const { exports: found, reexports } = parse(await handlerText(file));
  const names = found.filter((name) => name !== "__esModule");
  return reexports.length > 0 || names.length === 0 ? undefined : names;
}
