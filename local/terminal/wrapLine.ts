import { stripVTControlCharacters } from "node:util";

/** What later lines are set in by. */
const usualIndent = "    ";

/**
 * Breaks a line between words where it is wider than the terminal; what belongs to it is set in.
 *
 * @param text may be coloured
 * @param columns undefined where there is no terminal: the line stays whole
 * @param indent of all lines but the first. @default four blanks
 */
export function wrapLine(text: string, columns: number | undefined, indent = usualIndent): string {
  if (columns === undefined || widthOf(text) <= columns) return text;
  const lines = [""];
  for (const part of text.split(/(?<=\s)(?=\S)/)) {
    const line = lines.at(-1) ?? "";
    const fits = widthOf((line + part).trimEnd()) <= columns;
    if (fits || widthOf(line.trim()) === 0) lines[lines.length - 1] = line + part;
    else lines.push(indent + part);
  }
  return lines.map((line) => line.trimEnd()).join("\n");
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
