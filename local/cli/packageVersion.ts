import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The version of the package that this file is installed with. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder(), "package.json"), "utf8"));
  return String(version);
}

/** Full path of the package's folder; of the repository's for its sources. */
export function packageFolder(folder = import.meta.dirname): string {
  return existsSync(path.join(folder, "package.json"))
    ? folder
    : packageFolder(path.dirname(folder));
}
