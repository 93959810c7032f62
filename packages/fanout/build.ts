import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { compile } from "../compile.ts";

/*
 * Compiles the package into dist. Everything is CommonJS, which programs and test runners of both kinds load;
 * the helpers of handlers and publishers are also in dist/esm as ES modules, of which bundlers leave out what is
 * not used.
 */
const folder = import.meta.dirname;
const dist = path.join(folder, "dist");
const esm = path.join(dist, "esm");
const onlyInCommonJs = ["components", "packages", "policyPack", "testing"];

rmSync(dist, { recursive: true, force: true });
copyFileSync(path.join(folder, "../../LICENSE"), path.join(folder, "LICENSE"));
compile(folder);
for (const file of filesOf(esm, ".d.ts")) rewrite(file, forOldTypeScript);
cpSync(esm, dist, { recursive: true, filter: (file) => !file.endsWith(".js") });
await toCommonJs();
for (const part of onlyInCommonJs) rmSync(path.join(esm, part), { recursive: true });
writeFileSync(path.join(dist, "package.json"), '{ "type": "commonjs" }\n');
writeFileSync(path.join(esm, "package.json"), '{ "type": "module" }\n');

/**
 * Declarations that TypeScript 3.8 reads, which Pulumi runs programs with that install no other: it knows no
 * extension .ts, which tsc leaves in declarations, and no `type` before single names.
 */
function forOldTypeScript(declaration: string): string {
  return declaration
    .replaceAll(/(from |import\()"(\.[^"]+)\.ts"/g, '$1"$2.js"')
    .replaceAll(/^(import|export) \{([^}]*\btype [^}]*)\}( from "[^"]+";)$/gm, separateTypes);
}

function separateTypes(_all: string, keyword: string, list: string, from: string): string {
  const names = list.split(",").map((name) => name.trim());
  const types = names.filter((name) => name.startsWith("type ")).map((name) => name.slice(5));
  const values = names.filter((name) => name !== "" && !name.startsWith("type "));
  return [
    `${keyword} type { ${types.join(", ")} }${from}`,
    ...(values.length > 0 ? [`${keyword} { ${values.join(", ")} }${from}`] : []),
  ].join("\n");
}

/** `import()` becomes `require`, because jest's modules have no `import()`. */
async function toCommonJs(): Promise<void> {
  await build({
    entryPoints: filesOf(esm, ".js"),
    outdir: dist,
    outbase: esm,
    format: "cjs",
    platform: "node",
    target: "node22",
    supported: { "dynamic-import": false },
    define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
    logLevel: "warning",
  });
}

function filesOf(top: string, extension: string): string[] {
  return readdirSync(top, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .map((name) => path.join(top, name));
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
