import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles the bootstrap of functions into one file of JavaScript. */
export async function buildBootstrap(outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("./bootstrap/main.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    outfile,
    logLevel: "silent",
  });
}
