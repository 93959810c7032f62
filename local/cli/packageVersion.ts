import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The version of the package that this file is installed with. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(manifestAbove(import.meta.dirname), "utf8"));
  return String(version);
}

function manifestAbove(folder: string): string {
  const file = path.join(folder, "package.json");
  return existsSync(file) ? file : manifestAbove(path.dirname(folder));
}
