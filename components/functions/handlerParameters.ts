import { handlerText } from "./handlerText.ts";

/**
 * The beginning of the handler's definition in esbuild's print of a file, up to its parameters: a function, or
 * what a variable or a property of `exports` is assigned.
 */
const definition =
  /^(?:(?:export )?(?:async )?function handler|(?:(?:export )?(?:const|let|var) handler|(?:module\.)?exports\.handler) = (?:async )?(?:function ?\w*)?)\(/m;

/**
 * The `length` of the handler that a file defines: its parameters before the first with a default or `...`.
 *
 * @returns undefined if the file does not define it as a function, for example if it wraps or re-exports it
 */
export async function handlerLength(file: string): Promise<number | undefined> {
  const text = await handlerText(file);
  const found = definition.exec(text);
  if (found === null) return undefined;
  const { parameters, rest } = splitParameters(text.slice(found.index + found[0].length));
  if (!/^ (=>|\{)/.test(rest)) return undefined;
  const optional = parameters.findIndex((each) => each.includes("=") || each.startsWith("..."));
  return optional === -1 ? parameters.length : optional;
}

/** Strings are single tokens, because a default may contain brackets and commas in them. */
const token = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[\s\S]/g;

/**
 * Splits a list of parameters, without what is inside their brackets.
 *
 * @param text begins after the opening parenthesis
 * @returns also the text after the closing parenthesis
 */
function splitParameters(text: string): { parameters: string[]; rest: string } {
  let outer = "";
  let depth = 0;
  for (const { 0: each, index } of text.matchAll(token)) {
    if (")]}".includes(each)) depth -= 1;
    if (depth < 0) {
      const parameters = outer.split(",").map((parameter) => parameter.trim());
      return { parameters: parameters.filter(Boolean), rest: text.slice(index + 1) };
    }
    if (depth === 0) outer += each.length === 1 ? each : "";
    if ("([{".includes(each)) depth += 1;
  }
  return { parameters: [], rest: "" };
}
