type Files = Readonly<Record<string, string>>;

/** A handler that returns the `value` of a module. */
export const imports = (name: string) =>
  `import * as it from ${JSON.stringify(name)}; export const handler = () => it.value;`;
export const value = (text: string) => `export const value = ${JSON.stringify(text)};`;
/** A tsconfig.json that maps `#it` to these files, separated by commas. */
export const mapped = (target: string) =>
  JSON.stringify({ compilerOptions: { paths: { "#it": target.split(",") } } });
export const packageJson = (more = {}) => JSON.stringify({ name: "it", ...more });

/** What changes, the files before, and those that are written: the handler then returns "new" in place of "old". */
export const changes: readonly (readonly [string, Files, Files])[] = [
  [
    "the handler's file",
    { "a/it.ts": `${value("old")} export const handler = () => value;` },
    { "a/it.ts": `${value("new")} export const handler = () => value;` },
  ],
  [
    "a file that it imports",
    { "a/it.ts": imports("../lib/it.ts"), "lib/it.ts": value("old") },
    { "lib/it.ts": value("new") },
  ],
  [
    "a constant that is put in its place, two imports away",
    {
      "a/it.ts": imports("./b.ts"),
      "a/b.ts": 'export { value } from "../lib/c.ts";',
      "lib/c.ts": value("old"),
    },
    { "lib/c.ts": value("new") },
  ],
  [
    "a JSON file that it imports",
    { "a/it.ts": imports("./it.json"), "a/it.json": '{"value":"old"}' },
    { "a/it.json": '{"value":"new"}' },
  ],
  [
    "a file of a package",
    {
      "a/it.ts": imports("it"),
      "node_modules/it/package.json": packageJson(),
      "node_modules/it/index.js": value("old"),
    },
    { "node_modules/it/index.js": value("new") },
  ],
  [
    "the `main` of a package",
    {
      "a/it.ts": imports("it"),
      "node_modules/it/package.json": packageJson({ main: "old.js" }),
      "node_modules/it/old.js": value("old"),
      "node_modules/it/new.js": value("new"),
    },
    { "node_modules/it/package.json": packageJson({ main: "new.js" }) },
  ],
  [
    "the `exports` of a package",
    {
      "a/it.ts": imports("it/deep"),
      "node_modules/it/package.json": packageJson({ exports: { "./deep": "./old.js" } }),
      "node_modules/it/old.js": value("old"),
      "node_modules/it/new.js": value("new"),
    },
    { "node_modules/it/package.json": packageJson({ exports: { "./deep": "./new.js" } }) },
  ],
  [
    "the `imports` of the program's package.json",
    {
      "package.json": packageJson({ imports: { "#it": "./lib/old.ts" } }),
      "a/it.ts": imports("#it"),
      "lib/old.ts": value("old"),
      "lib/new.ts": value("new"),
    },
    { "package.json": packageJson({ imports: { "#it": "./lib/new.ts" } }) },
  ],
  [
    "a nearer package of that name",
    { "a/it.ts": imports("it"), "node_modules/it/index.js": value("old") },
    { "a/node_modules/it/index.js": value("new") },
  ],
  [
    "a nearer package of the name that another package imports",
    {
      "a/it.ts": imports("outer"),
      "node_modules/outer/index.js": 'export * from "it";',
      "node_modules/it/index.js": value("old"),
    },
    { "node_modules/outer/node_modules/it/index.js": value("new") },
  ],
  [
    "the `paths` of tsconfig.json",
    {
      "tsconfig.json": mapped("./lib/old.ts"),
      "a/it.ts": imports("#it"),
      "lib/old.ts": value("old"),
      "lib/new.ts": value("new"),
    },
    { "tsconfig.json": mapped("./lib/new.ts") },
  ],
  [
    "a file that `paths` prefers",
    {
      "tsconfig.json": mapped("./new/it.ts,./old/it.ts"),
      "a/it.ts": imports("#it"),
      "old/it.ts": value("old"),
      "new/other.ts": "",
    },
    { "new/it.ts": value("new") },
  ],
  [
    "the configuration that tsconfig.json extends",
    {
      "tsconfig.json": '{"extends":["./other.json","./base"]}',
      "base.json": mapped("./lib/old.ts"),
      "a/it.ts": imports("#it"),
      "lib/old.ts": value("old"),
      "lib/new.ts": value("new"),
    },
    { "base.json": mapped("./lib/new.ts") },
  ],
  [
    "the configuration of a package that tsconfig.json extends",
    {
      "tsconfig.json": '{"extends": "base/tsconfig.json"}',
      "node_modules/base/tsconfig.json": '{"compilerOptions":{"useDefineForClassFields":true}}',
      "a/it.ts": imports("./b.ts"),
      "a/b.ts":
        'class Base { set it(_: string) { this.found = "new"; } found = "old"; } class It extends Base { override it = ""; } export const value = new It().found;',
    },
    { "node_modules/base/tsconfig.json": '{"compilerOptions":{"useDefineForClassFields":false}}' },
  ],
  [
    "a nearer tsconfig.json",
    {
      "tsconfig.json": mapped("./lib/old.ts"),
      "a/it.ts": imports("#it"),
      "lib/old.ts": value("old"),
      "a/new.ts": value("new"),
    },
    { "a/tsconfig.json": mapped("./new.ts") },
  ],
  [
    "a new file that is preferred to the imported one",
    { "a/it.ts": imports("../lib/it"), "lib/it.js": value("old") },
    { "lib/it.ts": value("new") },
  ],
  [
    "a new file of the name of the imported folder",
    { "a/it.ts": imports("../lib/it"), "lib/it/index.ts": value("old") },
    { "lib/it.ts": value("new") },
  ],
  [
    "a new package.json in the imported folder",
    {
      "a/it.ts": imports("../lib/it"),
      "lib/it/index.ts": value("old"),
      "lib/it/inner/new.ts": value("new"),
    },
    { "lib/it/package.json": '{"main":"./inner/new.ts"}' },
  ],
  [
    "a package that was optional and is now installed",
    {
      "a/it.ts":
        'let it; try { it = require("it"); } catch { it = { value: "old" }; } export const handler = () => it.value;',
    },
    { "node_modules/it/index.js": 'exports.value = "new";' },
  ],
];
