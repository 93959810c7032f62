import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { buildPage } from "../../local/console/buildPage.ts";
import { buildBootstrap } from "../../local/services/lambda/buildBootstrap.ts";
import { compile } from "../compile.ts";

/*
 * Compiles the command, the library for tests and what they import into dist. The console's page and the bootstrap of functions are
 * shipped as they are built, so that users need no bundler: what builds them here stays behind.
 */
const folder = import.meta.dirname;
const root = path.join(folder, "../..");
const dist = path.join(folder, "dist");
const builders = ["local/console/buildPage.js", "local/services/lambda/buildBootstrap.js"];
const copied = [
  "local/engine/program/preload.cjs",
  "local/testing/commonJs.cjs",
  "local/services/lambda/bootstrap/python/bootstrap.py",
];

const relativeImport = /from "(\.[^"]+)\.ts"/g;

rmSync(dist, { recursive: true, force: true });
copyFileSync(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
compile(folder);
keepDeclarations("local/testing/index.d.ts");
for (const file of builders) rmSync(path.join(dist, file));
for (const file of copied) {
  mkdirSync(path.dirname(path.join(dist, file)), { recursive: true });
  copyFileSync(path.join(root, file), path.join(dist, file));
}
writeFileSync(path.join(dist, "local/console/page.json"), JSON.stringify(await buildPage()));
await buildBootstrap(path.join(dist, "local/services/lambda/bootstrap.mjs"));
chmodSync(path.join(dist, "local/cli/main.js"), 0o755);

/**
 * Moves the declarations of the library for tests, and what they name, to a folder of CommonJS, which both kinds of
 * modules may import; deletes all others.
 */
function keepDeclarations(entry: string): void {
  const types = path.join(dist, "types");
  keep(entry);
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".d.ts") && !name.startsWith("types/")) rmSync(path.join(dist, name));
  }
  writeFileSync(path.join(types, "package.json"), '{ "type": "commonjs" }\n');

  function keep(name: string): void {
    const target = path.join(types, name);
    if (existsSync(target)) return;
    const text = readFileSync(path.join(dist, name), "utf8");
    mkdirSync(path.dirname(target), { recursive: true });
    // TypeScript before 5.0 rejects the extension .ts, which tsc leaves in declarations.
    writeFileSync(target, text.replaceAll(relativeImport, 'from "$1.js"'));
    for (const [, imported = ""] of text.matchAll(relativeImport)) {
      keep(path.join(path.dirname(name), `${imported}.d.ts`));
    }
  }
}
