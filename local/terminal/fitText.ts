import { wrapLine } from "./wrapLine.ts";

/** A line with a term and what it means: `  --port N  port of the local run`. */
const entry = /^( {2,}\S.*? {2,})\S/;

/**
 * Fits a text that is broken into lines already to a terminal that is narrower: paragraphs are broken anew, and
 * what an entry of a list means stays in its column.
 *
 * @param columns undefined where there is no terminal: the text stays as it is
 */
export function fitText(text: string, columns: number | undefined): string {
  const lines = text.split("\n");
  if (columns === undefined || lines.every((line) => line.length <= columns)) return text;
  return joinParagraphs(lines)
    .map((line) => wrapLine(line, columns, indentOf(line, columns)))
    .join("\n");
}

/** Lines that are set in, and those after an empty one, begin anew. */
function joinParagraphs(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const before = joined.at(-1) ?? "";
    if (/^\S/.test(line) && /^\S/.test(before)) joined[joined.length - 1] = `${before} ${line}`;
    else joined.push(line);
  }
  return joined;
}

function indentOf(line: string, columns: number): string {
  const width = entry.exec(line)?.[1]?.length;
  if (width === undefined) return "";
  return " ".repeat(width <= columns / 2 ? width : 4);
}
