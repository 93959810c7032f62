import { jsonEntry } from "../../services/lambda/failures/logEntries.ts";

/** A log with its lines of JSON laid out: one member on each line. */
export function readable(log: string): string {
  return log
    .split("\n")
    .map((line) => {
      const entry = jsonEntry(line);
      return entry === undefined ? line : JSON.stringify(entry, undefined, 2);
    })
    .join("\n");
}
