import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { FunctionDefinition } from "../../../../local/services/lambda/definition.ts";
import { errorOf, functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";

describe("modules that are not in a function's code", () => {
  const { functions } = startLambda();
  const programDirectory = mkdtempSync(path.join(tmpdir(), "program-"));
  after(async () => {
    await functions.close();
    rmSync(programDirectory, { recursive: true });
  });

  function install(name: string, files: Record<string, string>) {
    const folder = path.join(programDirectory, "node_modules", name);
    mkdirSync(path.join(folder, "lib"), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  }

  let created = 0;
  async function invoke(files: Record<string, string>, changes: Partial<FunctionDefinition> = {}) {
    const name = `f${++created}`;
    const definition = functionOf("", { name, files, programDirectory, ...changes });
    return functions.invoke(functions.create(definition).arn, "{}");
  }

  const imports = (specifier: string) => ({
    "index.mjs": `import { word } from "${specifier}"; export const handler = async () => word;`,
  });
  const requires = (specifier: string) => ({
    "index.cjs": `const { word } = require("${specifier}"); exports.handler = async () => word;`,
  });

  before(() => {
    install("@aws-sdk/client-dictionary", {
      "package.json": JSON.stringify({
        main: "main.cjs",
        exports: { ".": { import: "./module.mjs", require: "./main.cjs" } },
      }),
      "main.cjs": "exports.word = 'required';",
      "module.mjs": "export const word = 'imported';",
    });
    install("not-packed", { "index.js": "exports.word = 'local only';" });
    install("aws-sdk", {
      "index.js":
        "const { config } = require('./lib/node_loader.js'); module.exports = { config, word: config.set };",
      "lib/node_loader.js":
        "const AWS = { config: { set: {}, update(values) { Object.assign(this.set, values); } } }; module.exports = AWS;",
    });
  });

  describe("of the AWS SDK", () => {
    it("are the program's in an ES module", async () => {
      expect(payloadOf(await invoke(imports("@aws-sdk/client-dictionary")))).to.equal("imported");
    });

    it("are the program's in a CommonJS module", async () => {
      expect(payloadOf(await invoke(requires("@aws-sdk/client-dictionary")))).to.equal("required");
    });

    it("are those in the code if the code has them", async () => {
      const files = {
        ...imports("@aws-sdk/client-dictionary"),
        "node_modules/@aws-sdk/client-dictionary/index.js": "exports.word = 'packed';",
      };
      expect(payloadOf(await invoke(files))).to.equal("packed");
    });

    it("are the local cloud's if the program has none", async () => {
      const files = {
        "index.mjs":
          "import { SQSClient } from '@aws-sdk/client-sqs'; export const handler = async () => SQSClient.name;",
      };
      expect(payloadOf(await invoke(files))).to.equal("SQSClient");
    });

    it("are named in the error with what to install if they are nowhere", async () => {
      const imported = errorOf(await invoke(imports("@aws-sdk/client-nowhere")));
      expect(imported.errorMessage.split("\n")[1]).to.equal(
        "Lambda's runtime has this package. The local run takes it from the program's node_modules: npm install --save-dev @aws-sdk/client-nowhere",
      );
      const required = errorOf(await invoke(requires("@aws-sdk/client-nowhere/sub")));
      expect(required.errorType).to.equal("Runtime.ImportModuleError");
      expect(required.errorMessage).to.include("npm install --save-dev @aws-sdk/client-nowhere");
    });

    it("are missing before Node.js 18, which has version 2 only", async () => {
      const runtime = "nodejs16.x";
      const error = errorOf(await invoke(requires("@aws-sdk/client-dictionary"), { runtime }));
      expect(error.errorType).to.equal("Runtime.ImportModuleError");
      expect(error.errorMessage).not.to.include("npm install");
      expect(payloadOf(await invoke(requires("aws-sdk"), { runtime }))).to.deep.equal({
        endpoint: "http://127.0.0.1:4566",
        s3ForcePathStyle: true,
      });
    });

    it("are missing in version 2 from Node.js 18 on", async () => {
      const error = errorOf(await invoke(requires("aws-sdk/clients/s3")));
      expect(error.errorType).to.equal("Runtime.ImportModuleError");
      expect(error.errorMessage).to.include(
        "From Node.js 18 on, Lambda's runtimes have version 3 of the SDK only",
      );
    });
  });

  it("are missing if they are the program's alone, as on Lambda", async () => {
    for (const files of [imports("not-packed"), requires("not-packed")]) {
      expect(errorOf(await invoke(files)).errorMessage).to.include("not-packed");
    }
  });

  describe("of layers", () => {
    const layer = (number: number, files: Record<string, string>) => ({
      arn: `arn:aws:lambda:eu-west-1:000000000000:layer:words:${number}`,
      files,
    });
    const word = (text: string) => ({
      "nodejs/node_modules/words/index.js": `exports.word = '${text}';`,
    });

    it("are found by import and by require", async () => {
      const layers = [layer(1, word("layered"))];
      expect(payloadOf(await invoke(imports("words"), { layers }))).to.equal("layered");
      expect(payloadOf(await invoke(requires("words"), { layers }))).to.equal("layered");
    });

    it("are those of the last layer, and of the runtime's version first", async () => {
      const layers = [
        layer(1, word("first")),
        layer(2, { ...word("second"), "nodejs/node_modules/other/index.js": "" }),
      ];
      expect(payloadOf(await invoke(requires("words"), { layers }))).to.equal("second");
      const ofVersion = { "nodejs/node24/node_modules/words/index.js": "exports.word = '24';" };
      const versioned = [...layers, layer(3, ofVersion)];
      expect(payloadOf(await invoke(imports("words"), { layers: versioned }))).to.equal("24");
    });

    it("are found by their path below /opt", async () => {
      const layers = [layer(1, { "nodejs/lib/word.js": "exports.word = 'by path';" })];
      const file = "/opt/nodejs/lib/word.js";
      expect(payloadOf(await invoke(imports(file), { layers }))).to.equal("by path");
      expect(payloadOf(await invoke(requires("/opt/nodejs/lib/word"), { layers }))).to.equal(
        "by path",
      );
    });

    it("are found by Python in the layer's folders", async () => {
      const layers = [
        layer(1, {
          "python/words.py": "word = 'plain'",
          "python/lib/python3.13/site-packages/sites.py": "word = 'site'",
        }),
      ];
      const files = {
        "app.py": "import words, sites\ndef handler(e, c):\n    return [words.word, sites.word]\n",
      };
      const python = { runtime: "python3.13", handler: "app.handler", layers };
      expect(payloadOf(await invoke(files, python))).to.deep.equal(["plain", "site"]);
    });
  });
});
