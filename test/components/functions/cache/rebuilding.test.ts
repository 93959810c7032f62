import { renameSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { HandlerProject } from "../../../harness/programs/handlerProject.ts";
import { changes, imports, mapped, packageJson, value } from "./changes.ts";

describe("a bundle is built again after a change of", () => {
  for (const [what, before, written] of changes) {
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
        expect(await project.call(second.folders[0])).to.equal("new");
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

  it("what belongs to a linked package, not what lies above it", async () => {
    const manifest = { "one/it/package.json": packageJson({ main: "./index.js" }) };
    for (const files of [{}, manifest]) {
      const project = new HandlerProject({
        "a/it.ts": imports("it"),
        "one/it/index.js": value("old"),
        "node_modules/other/index.js": "",
        ...files,
      });
      symlinkSync(
        path.join(project.folder, "one/it"),
        path.join(project.folder, "node_modules/it"),
      );
      await project.bundle("a/it.ts");
      project.write("new.ts", value("new"));
      expect((await project.bundle("a/it.ts")).builds).to.deep.equal([]);
      project.remove();
    }
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
