import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Differs where the same sources may make other bundles: another esbuild, other options, plugins or cache. */
export function buildVersion(): string {
  const { version }: { version: string } = createRequire(import.meta.url)("esbuild/package.json");
  const hash = createHash("sha256").update(version);
  const folder = path.dirname(import.meta.dirname);
  for (const name of globSync("**/*.{ts,js}", { cwd: folder }).sort()) {
    const content = readFileSync(path.join(folder, name));
    hash.update(`\0${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
