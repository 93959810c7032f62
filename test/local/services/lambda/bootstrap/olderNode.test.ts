import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const run = promisify(execFile);
const olderNode = new URL(
  "../../../../../local/services/lambda/bootstrap/olderNode.ts",
  import.meta.url,
).href;

describe("the hooks for an older Node", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "older-node-"));
  const modules = path.join(folder, "layer", "node_modules");
  after(() => rmSync(folder, { recursive: true }));

  function install(name: string, exports: object) {
    mkdirSync(path.join(modules, name), { recursive: true });
    writeFileSync(path.join(modules, name, "package.json"), JSON.stringify({ name, exports }));
    writeFileSync(path.join(modules, name, "main.cjs"), "exports.word = 'layer';");
  }

  before(() => {
    install("closed", { "./main": "./main.cjs" });
    install("open", { ".": "./main.cjs" });
  });

  /** What a process writes that runs this code after it was hooked. */
  async function printed(code: string, first = ""): Promise<string> {
    const hooks = `{
      layers: [${JSON.stringify(modules)}],
      sdkFolders: [],
      files: (specifier) => specifier,
      foldersOf: () => [${JSON.stringify(path.dirname(modules))}],
      advised: (error) => error,
      useEndpoint: "",
    }`;
    const script = `
      import Module, { createRequire } from "node:module";
      import { hookOlderNode } from ${JSON.stringify(olderNode)};
      const require = createRequire(${JSON.stringify(path.join(folder, "index.js"))});
      try {
        ${first}
        hookOlderNode(${hooks});
        console.log(${code});
      } catch (error) {
        console.log(error.code ?? error.message);
      }`;
    const main = path.join(folder, "main.mjs");
    writeFileSync(main, script);
    const { stdout } = await run(process.execPath, [main]);
    return stdout.trim();
  }

  for (const { how, code } of [
    { how: "require", code: (name: string) => `require("${name}").word` },
    { how: "import", code: (name: string) => `(await import("${name}")).word` },
  ]) {
    it(`find a package of a layer by ${how}`, async () => {
      expect(await printed(code("open"))).to.equal("layer");
    });

    it(`say by ${how} of a package that was found why it cannot be used`, async () => {
      expect(await printed(code("closed"))).to.equal("ERR_PACKAGE_PATH_NOT_EXPORTED");
    });

    it(`say by ${how} of a package that is nowhere that it was not found`, async () => {
      expect(await printed(code("nowhere"))).to.match(/^(ERR_)?MODULE_NOT_FOUND$/);
    });
  }

  it("name the Node that they cannot hook", async () => {
    expect(await printed("1", "delete Module._resolveFilename;")).to.match(
      /^Node \S+ \(.+\) lacks what finds the modules of layers .+: run with Node 22\.15 or later$/,
    );
  });
});
