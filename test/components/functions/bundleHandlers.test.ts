import { execFile } from "node:child_process";
import { existsSync, readdirSync, rmSync, truncateSync, utimesSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { HandlerProject } from "../../harness/programs/handlerProject.ts";

const files = {
  "package.json": '{"type":"module"}',
  "handlers/one.ts":
    'import { word } from "../lib/word.ts"; export const handler = () => "one " + word;',
  "handlers/two.ts":
    'import { word } from "../lib/word.ts"; export const handler = () => "two " + word;',
  "handlers/three.ts": 'export const handler = () => "three";',
  "lib/word.ts": 'export const word: string = "old";',
};

describe("bundling handlers again", () => {
  let project: HandlerProject;
  const all = ["handlers/one.ts", "handlers/two.ts", "handlers/three.ts"];
  beforeEach(async () => {
    project = new HandlerProject(files);
    await project.bundle(...all);
  });
  afterEach(() => project.remove());

  it("builds nothing when nothing has changed, and returns the same bundles", async () => {
    const fresh = new HandlerProject(files);
    const { folders } = await fresh.bundle(...all);
    fresh.remove();
    const names = folders.map((folder) => path.basename(folder));
    const again = await project.bundle(...all);
    expect(again.builds).to.deep.equal([]);
    expect(again.folders.map((folder) => path.basename(folder))).to.deep.equal(names);
    expect(again.folders.every((folder) => existsSync(folder))).to.equal(true);
  });

  it("neither loads nor starts esbuild when nothing has changed", async () => {
    const module = path.resolve("components/functions/bundleHandlers.ts");
    const handlers = all.map((entry) => project.handler(entry));
    const script = `
      import { bundleHandlers } from ${JSON.stringify(module)};
      const [handlers, ...folders] = ${JSON.stringify([handlers, project.folder, project.bundles])};
      await bundleHandlers(handlers, ...folders);`;
    const run = () =>
      promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
        // esbuild ignores a path where there is nothing.
        env: { ...process.env, ESBUILD_BINARY_PATH: path.join(project.folder, "package.json") },
      });
    await run();
    project.write("lib/word.ts", 'export const word: string = "new";');
    const error = await run().then(() => undefined, String);
    expect(error).to.include("EACCES");
  });

  it("builds only the handler that has changed", async () => {
    project.write("handlers/three.ts", "export const handler = () => 3;");
    const { builds, folders } = await project.bundle(...all);
    expect(builds).to.deep.equal([["handlers/three"]]);
    expect(await project.call(folders[2])).to.equal(3);
  });

  it("builds all handlers that have changed in one run", async () => {
    project.write("lib/word.ts", 'export const word: string = "new";');
    const { builds, folders } = await project.bundle(...all);
    expect(builds).to.deep.equal([["handlers/one", "handlers/two"]]);
    expect(await project.call(folders[0])).to.equal("one new");
    expect(await project.call(folders[1])).to.equal("two new");
  });

  it("builds nothing when files were written again with the same contents, or others were added", async () => {
    for (const [name, text] of Object.entries(files)) project.write(name, text);
    utimesSync(path.join(project.folder, "lib/word.ts"), 1, 1);
    project.write("docs/page.md", "a page");
    project.write("README.md", "a page");
    expect((await project.bundle(...all)).builds).to.deep.equal([]);
  });

  it("builds a new handler, and none of those that are known", async () => {
    project.write("others/four.ts", "export const handler = () => 4;");
    const { builds } = await project.bundle(...all, "others/four.ts");
    expect(builds).to.deep.equal([["others/four"]]);
  });

  it("builds again what changed while it was built", async () => {
    project.write("lib/word.ts", 'export const word: string = "first";');
    const during = await project.bundle(...all, () =>
      project.write("lib/word.ts", 'export const word: string = "second";'),
    );
    expect(await project.call(during.folders[0])).to.equal("one first");
    const { builds, folders } = await project.bundle(...all);
    expect(builds).to.deep.equal([["handlers/one", "handlers/two"]]);
    expect(await project.call(folders[0])).to.equal("one second");
    expect((await project.bundle(...all)).builds).to.deep.equal([]);
  });

  it("builds again a bundle that is gone or has lost what a file held", async () => {
    const { folders } = await project.bundle(...all);
    const [one = "", two = ""] = folders;
    rmSync(one, { recursive: true });
    truncateSync(path.join(two, "handlers/two.mjs"));
    const again = await project.bundle(...all);
    expect(again.builds).to.deep.equal([["handlers/one", "handlers/two"]]);
    expect(again.folders).to.deep.equal(folders);
    expect(await project.call(two)).to.equal("two old");
  });

  for (const [damage, change] of [
    ["is empty", () => ""],
    ["is cut off", (text) => text.slice(0, -10)],
    ["has another text in it", (text) => text.replace("handlers", "elsewhere")],
    ["is not the cache's", () => '{"folder":"elsewhere"}'],
  ] as readonly [string, (text: string) => string][]) {
    it(`builds again and remembers it when what it remembers ${damage}`, async () => {
      for (const file of project.remembered()) project.write(file, change(project.read(file)));
      expect((await project.bundle(...all)).builds).to.deep.equal([
        ["handlers/one", "handlers/two", "handlers/three"],
      ]);
      expect((await project.bundle(...all)).builds).to.deep.equal([]);
    });
  }

  it("gives two programs that bundle at once the same bundles, and leaves nothing else", async () => {
    project.write("lib/word.ts", 'export const word: string = "new";');
    const runs = await Promise.all([1, 2, 3].map(() => project.bundle(...all)));
    const [first] = runs;
    for (const { folders } of runs) expect(folders).to.deep.equal(first?.folders);
    expect((await project.bundle(...all)).builds).to.deep.equal([]);
    // Of each handler what is remembered, and the bundles before and after.
    expect(readdirSync(project.bundles)).to.have.lengthOf(3 + 5);
  });

  it("remembers nothing of a handler that does not compile", async () => {
    project.write("handlers/three.ts", "export const handler = (;");
    for (const _ of [1, 2]) {
      const error = await project.bundle(...all).then(() => undefined, String);
      expect(error).to.include("handlers/three.ts:1:");
    }
    project.write("handlers/three.ts", files["handlers/three.ts"]);
    expect((await project.bundle(...all)).builds).to.deep.equal([]);
  });
});
