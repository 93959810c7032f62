import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Differs where the same sources may make other bundles: another esbuild, other options, plugins or cache.
 *
 * @param esbuild version of esbuild. @default the installed one
 * @param folder full path of the code that builds. @default this code's
 */
export function buildVersion(
  esbuild = installedVersion(),
  folder = path.dirname(import.meta.dirname),
): string {
  const hash = createHash("sha256").update(esbuild);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => /\.[jt]s$/.test(each)).sort()) {
    const content = readFileSync(path.join(folder, name));
    hash.update(`\0${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

let known: string | undefined;

/** The version of this code with the installed esbuild, computed once. */
export function installedBuildVersion(): string {
  known ??= buildVersion();
  return known;
}

/** Without loading esbuild. */
function installedVersion(): string {
  const { version }: { version: string } = createRequire(import.meta.filename)(
    "esbuild/package.json",
  );
  return version;
}
