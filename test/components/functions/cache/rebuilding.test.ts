import { renameSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { HandlerProject } from "../../../harness/programs/handlerProject.ts";

type Files = Readonly<Record<string, string>>;

const imports = (name: string) =>
  `import * as it from ${JSON.stringify(name)}; export const handler = () => it.value;`;
const value = (text: string) => `export const value = ${JSON.stringify(text)};`;
const mapped = (target: string, more = {}) =>
  JSON.stringify({ compilerOptions: { paths: { "#it": target.split(",") } }, ...more });
const packageJson = (more = {}) => JSON.stringify({ name: "it", ...more });

/** What changes, the files before, those that are written, and what the handler then returns in place of "old". */
const changes: readonly (readonly [string, Files, Files, string])[] = [
  [
    "the handler's file",
    { "a/it.ts": `${value("old")} export const handler = () => value;` },
    { "a/it.ts": `${value("new")} export const handler = () => value;` },
    "new",
  ],
  [
    "a file that it imports",
    { "a/it.ts": imports("../lib/it.ts"), "lib/it.ts": value("old") },
    { "lib/it.ts": value("new") },
    "new",
  ],
  [
    "a constant that is put in its place, two imports away",
    {
      "a/it.ts": imports("./b.ts"),
      "a/b.ts": 'export { value } from "../lib/c.ts";',
      "lib/c.ts": value("old"),
    },
    { "lib/c.ts": value("new") },
    "new",
  ],
  [
    "a JSON file that it imports",
    { "a/it.ts": imports("./it.json"), "a/it.json": '{"value":"old"}' },
    { "a/it.json": '{"value":"new"}' },
    "new",
  ],
  [
    "a file of a package",
    {
      "a/it.ts": imports("it"),
      "node_modules/it/package.json": packageJson(),
      "node_modules/it/index.js": value("old"),
    },
    { "node_modules/it/index.js": value("new") },
    "new",
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
    "new",
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
    "new",
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
    "new",
  ],
  [
    "a nearer package of that name",
    { "a/it.ts": imports("it"), "node_modules/it/index.js": value("old") },
    { "a/node_modules/it/index.js": value("new") },
    "new",
  ],
  [
    "a nearer package of the name that another package imports",
    {
      "a/it.ts": imports("outer"),
      "node_modules/outer/index.js": 'export * from "it";',
      "node_modules/it/index.js": value("old"),
    },
    { "node_modules/outer/node_modules/it/index.js": value("new") },
    "new",
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
    "new",
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
    "new",
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
    "new",
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
    "new",
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
    "new",
  ],
  [
    "a new file that is preferred to the imported one",
    { "a/it.ts": imports("../lib/it"), "lib/it.js": value("old") },
    { "lib/it.ts": value("new") },
    "new",
  ],
  [
    "a new file of the name of the imported folder",
    { "a/it.ts": imports("../lib/it"), "lib/it/index.ts": value("old") },
    { "lib/it.ts": value("new") },
    "new",
  ],
  [
    "a new package.json in the imported folder",
    {
      "a/it.ts": imports("../lib/it"),
      "lib/it/index.ts": value("old"),
      "lib/it/inner/new.ts": value("new"),
    },
    { "lib/it/package.json": '{"main":"./inner/new.ts"}' },
    "new",
  ],
  [
    "a package that was optional and is now installed",
    {
      "a/it.ts":
        'let it; try { it = require("it"); } catch { it = { value: "old" }; } export const handler = () => it.value;',
    },
    { "node_modules/it/index.js": 'exports.value = "new";' },
    "new",
  ],
];

describe("a bundle is built again after a change of", () => {
  for (const [what, before, written, expected] of changes) {
    it(`${what}, and is then what a first build makes`, async () => {
      const project = new HandlerProject(before);
      const fresh = new HandlerProject({ ...before, ...written });
      try {
        const first = await project.bundle("a/it.ts");
        expect(await project.call(first.folders[0])).to.equal("old");
        expect((await project.bundle("a/it.ts")).builds).to.deep.equal([]);
        for (const [name, text] of Object.entries(written)) project.write(name, text);
        const second = await project.bundle("a/it.ts");
        expect(second.builds).to.deep.equal([["a/it"]]);
        expect(await project.call(second.folders[0])).to.equal(expected);
        expect((await project.bundle("a/it.ts")).builds).to.deep.equal([]);
        const [ofFresh = ""] = (await fresh.bundle("a/it.ts")).folders;
        expect(path.basename(second.folders[0] ?? "")).to.equal(path.basename(ofFresh));
      } finally {
        project.remove();
        fresh.remove();
      }
    });
  }

  for (const [what, config] of [
    ["`paths` that lead out of its folder", mapped("../somewhere/it.ts")],
    ["an `extends` that is not plain", '{"extends": /* here */ "./base.json"}'],
  ] as const) {
    it(`what cannot be traced: each time, where tsconfig.json has ${what}`, async () => {
      const project = new HandlerProject({
        "tsconfig.json": config,
        "base.json": "{}",
        "a/it.ts": imports("./b.ts"),
        "a/b.ts": value("old"),
      });
      await project.bundle("a/it.ts");
      expect((await project.bundle("a/it.ts")).builds).to.deep.equal([["a/it"]]);
      project.remove();
    });
  }

  it("the place that a linked package lies in", async () => {
    const project = new HandlerProject({
      "a/it.ts": imports("it"),
      "one/it/index.js": value("old"),
      "two/it/index.js": value("new"),
      "node_modules/other/index.js": "",
    });
    const link = path.join(project.folder, "node_modules/it");
    symlinkSync(path.join(project.folder, "one/it"), link);
    await project.bundle("a/it.ts");
    expect((await project.bundle("a/it.ts")).builds).to.deep.equal([]);
    unlinkSync(link);
    symlinkSync(path.join(project.folder, "two/it"), link);
    const { builds, folders } = await project.bundle("a/it.ts");
    expect(builds).to.deep.equal([["a/it"]]);
    expect(await project.call(folders[0])).to.equal("new");
    project.remove();
  });

  it("the files of a linked package, a preferred one among them", async () => {
    const project = new HandlerProject({
      "a/it.ts": imports("it"),
      "linked/package.json": packageJson({ main: "./src" }),
      "linked/src/index.ts": value("old"),
      "node_modules/other/index.js": "",
    });
    symlinkSync(path.join(project.folder, "linked"), path.join(project.folder, "node_modules/it"));
    await project.bundle("a/it.ts");
    expect((await project.bundle("a/it.ts")).builds).to.deep.equal([]);
    project.write("linked/src.ts", value("new"));
    const { builds, folders } = await project.bundle("a/it.ts");
    expect(builds).to.deep.equal([["a/it"]]);
    expect(await project.call(folders[0])).to.equal("new");
    project.remove();
  });

  it("a file that is gone: the build then fails", async () => {
    const project = new HandlerProject({
      "a/it.ts": imports("../lib/it.ts"),
      "lib/it.ts": value("old"),
    });
    await project.bundle("a/it.ts");
    rmSync(path.join(project.folder, "lib"), { recursive: true });
    const error = await project.bundle("a/it.ts").then(() => undefined, String);
    expect(error).to.include("../lib/it.ts");
    project.remove();
  });

  it("the folder of the whole program, whose bundles stay the same", async () => {
    const project = new HandlerProject({ "a/it.ts": imports("./b.ts"), "a/b.ts": value("old") });
    const moved = new HandlerProject({});
    const before = await project.bundle("a/it.ts");
    renameSync(path.join(project.folder, "a"), path.join(moved.folder, "a"));
    renameSync(path.join(project.folder, ".fanout"), path.join(moved.folder, ".fanout"));
    const after = await moved.bundle("a/it.ts");
    expect(after.builds).to.deep.equal([["a/it"]]);
    const names = [before, after].map(({ folders: [folder = ""] }) => path.basename(folder));
    expect(names[0]).to.equal(names[1]);
    project.remove();
    moved.remove();
  });
});
