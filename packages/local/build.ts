import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildPage } from "../../local/console/buildPage.ts";
import { buildBootstrap } from "../../local/services/lambda/buildBootstrap.ts";

/*
 * Compiles the command and what it imports into dist. The console's page and the bootstrap of functions are
 * shipped as they are built, so that users need no bundler: what builds them here stays behind.
 */
const folder = import.meta.dirname;
const root = path.join(folder, "../..");
const dist = path.join(folder, "dist");
const builders = ["local/console/buildPage.js", "local/services/lambda/buildBootstrap.js"];
const copied = [
  "local/engine/program/preload.cjs",
  "local/services/lambda/bootstrap/python/bootstrap.py",
];

rmSync(dist, { recursive: true, force: true });
copyFileSync(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
execFileSync("tsc", ["--project", folder], { stdio: "inherit" });
for (const file of builders) rmSync(path.join(dist, file));
for (const file of copied) {
  mkdirSync(path.dirname(path.join(dist, file)), { recursive: true });
  copyFileSync(path.join(root, file), path.join(dist, file));
}
writeFileSync(path.join(dist, "local/console/page.json"), JSON.stringify(await buildPage()));
await buildBootstrap(path.join(dist, "local/services/lambda/bootstrap.mjs"));
chmodSync(path.join(dist, "local/cli/main.js"), 0o755);
