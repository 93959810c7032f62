import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { bundleHandler } from "../../../components/functions/bundle.ts";
import { inProject } from "../../harness/programs/inProject.ts";

const handler = "export const handler = () => 1;";
const module = pathToFileURL(path.resolve("components/functions/programFolder.ts")).href;

/** A program that says in which folder its entries are looked for. */
const program = `import { programFolder } from ${JSON.stringify(module)};
export const folder = programFolder();
`;

describe("the entry of a handler", () => {
  it("may be an absolute path or a file URL, which make the same bundle as the relative path", async () => {
    await inProject({ "handlers/a.mts": handler }, async () => {
      const relative = bundleHandler("handlers/a.mts");
      const absolute = path.resolve("handlers/a.mts");
      expect(bundleHandler(absolute)).to.equal(relative);
      expect(bundleHandler(pathToFileURL(absolute).href)).to.equal(relative);
      expect(relative.handler).to.equal("handlers/a.handler");
      await relative.code;
    });
  });

  it("is relative to the working directory of a program without a project", async () => {
    expect(await folderFrom({ "infra/index.ts": program }, ".")).to.equal("");
  });

  it("is relative to the program's project in a test that runs from the workspace's root", async () => {
    const files = { "infra/Pulumi.yaml": "name: x\n", "infra/src/index.ts": program };
    expect(await folderFrom(files, ".", "infra/src/index.ts")).to.equal("infra");
  });

  it("is relative to the program's project in a test that runs inside it", async () => {
    const files = { "infra/Pulumi.yaml": "name: x\n", "infra/index.ts": program };
    expect(await folderFrom(files, "infra/test")).to.equal("infra");
  });

  for (const main of ["main: src/", "main: 'src' # here", 'main: "./src"']) {
    it(`is relative to the folder that the project says: ${main}`, async () => {
      const files = {
        "infra/Pulumi.yaml": `name: x\n${main}\nruntime: nodejs\n`,
        "infra/src/index.ts": program,
      };
      expect(await folderFrom(files, ".", "infra/src/index.ts")).to.equal("infra/src");
    });
  }

  for (const [name, text] of [
    ["Pulumi.yml", "name: x\nmain: src\n"],
    ["Pulumi.json", '{ "name": "x", "main": "src" }'],
  ] as const) {
    it(`is relative to the folder that a ${name} says`, async () => {
      const files = { [`infra/${name}`]: text, "infra/src/index.ts": program };
      expect(await folderFrom(files, ".", "infra/src/index.ts")).to.equal("infra/src");
    });
  }

  it("is relative to the project where its main is a file", async () => {
    const files = { "infra/Pulumi.yaml": "name: x\nmain: index.ts\n", "infra/index.ts": program };
    expect(await folderFrom(files, ".")).to.equal("infra");
  });

  it("is relative to the working directory of a test in an unrelated folder", async () => {
    const files = { "infra/Pulumi.yaml": "name: x\n", "infra/index.ts": program };
    expect(await folderFrom(files, "other")).to.equal("other");
  });
});

/** The folder in which a program looks for its entries, relative to the folder of the files. */
function folderFrom(
  files: Readonly<Record<string, string>>,
  workingFolder: string,
  index = "infra/index.ts",
): Promise<string> {
  return inProject(files, async () => {
    const root = process.cwd();
    const { href } = pathToFileURL(path.join(root, index));
    mkdirSync(workingFolder, { recursive: true });
    process.chdir(workingFolder);
    const { folder }: { folder: string } = await import(href);
    return path.relative(root, folder);
  });
}
