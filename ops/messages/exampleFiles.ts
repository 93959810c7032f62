import { didYouMean } from "../../aws/nearest.ts";
import type { ExampleFile, Examples } from "../../local/systems/examples.ts";
import { UsageError } from "../errors.ts";

/** The example file with that title, ignoring case. @throws UsageError that lists the example files */
export function exampleFile(examples: Examples, system: string, title: string): ExampleFile {
  const { files = [] } = examples[system] ?? {};
  const found = files.find((file) => file.title.toLowerCase() === title.toLowerCase());
  if (found !== undefined) return found;
  const titles = files.map((file) => file.title);
  throw new UsageError(
    `${system} has no example file "${title}"${didYouMean(title, titles) || there(titles)}`,
  );
}

/** The titles of a system's example files, for the error when no file is given. */
export function listExampleFiles(examples: Examples, system: string): string {
  return there((examples[system]?.files ?? []).map(({ title }) => title));
}

function there(titles: readonly string[]): string {
  if (titles.length === 0) return "; it has no example files";
  return `; its example files are\n${titles.map((title) => `  ${title}`).join("\n")}`;
}
