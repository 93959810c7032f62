import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Writes the bootstrap of all environments into `directory`, as one file of JavaScript. Environments
 * start more than twice as fast from it as from its sources.
 *
 * @returns the file's path
 */
export async function writeBootstrap(directory: string): Promise<string> {
  const outfile = join(directory, "bootstrap.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("../bootstrap/main.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    outfile,
    logLevel: "silent",
  });
  return outfile;
}
