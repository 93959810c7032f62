import type { Row } from "./rows.ts";

/** The rows of each server, by its name, from every round. */
export type Results = ReadonlyMap<string, readonly Row[]>;

/**
 * One line for each measurement: the median of the rounds for each server and, after the first, how many times the
 * first one's it is, so that above 1 the first one is better.
 */
export function table(results: Results): string {
  const names = [...results.keys()];
  const [first = ""] = names;
  const titles = new Map(
    [...results.values()].flat().map((row) => [`${row.title}, ${row.unit}`, row]),
  );
  const lines = [...titles].map(([title, row]) => {
    const ours = median(results, first, row);
    const cells = names.map((name) => {
      const value = median(results, name, row);
      if (value === undefined) return "-";
      return name === first || ours === undefined
        ? number(value)
        : `${number(value)} (${ratio(value, ours, row)} x)`;
    });
    return [title, ...cells];
  });
  return aligned([["", ...names], ...lines]);
}

function median(results: Results, name: string, { title, unit }: Row): number | undefined {
  const values = (results.get(name) ?? [])
    .filter((row) => row.title === title && row.unit === unit)
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}

function ratio(value: number, ours: number, { moreIsBetter = false }: Row): string {
  return number(moreIsBetter ? ours / value : value / ours);
}

function number(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}

function aligned(lines: readonly (readonly string[])[]): string {
  const columns = lines[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...lines.map((line) => line[index]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, index) => {
          const width = widths[index] ?? 0;
          return index === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join("   "),
    )
    .join("\n");
}
