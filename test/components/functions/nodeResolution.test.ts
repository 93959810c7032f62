import { expect } from "chai";
import { callBundled, inProject } from "../../harness/programs/inProject.ts";

/** A package with an ES module next to its CommonJS, as node-fetch 2 is published. */
const dualPackage = {
  "node_modules/fetch-two/package.json": JSON.stringify({
    main: "lib/index.js",
    module: "lib/index.mjs",
  }),
  "node_modules/fetch-two/lib/index.js":
    'module.exports = exports = () => "fetched"; exports.default = exports; exports.Headers = class {};',
  "node_modules/fetch-two/lib/index.mjs": 'export default () => "fetched"; export class Headers {}',
};

describe("a bundle", () => {
  it("gives a CommonJS package what Node gives it for a package with a `module` field", async () => {
    const files = {
      ...dualPackage,
      "node_modules/client/package.json": '{"main":"index.js"}',
      "node_modules/client/index.js":
        'const fetch = require("fetch-two"); exports.get = () => fetch();',
      "it.ts": 'import { get } from "client"; export const handler = () => get();',
    };
    await inProject(files, async () => expect(await callBundled("it.ts")).to.equal("fetched"));
  });

  it("gives an ES module what Node gives it for the same package", async () => {
    const files = {
      ...dualPackage,
      "it.ts": 'import fetch from "fetch-two"; export const handler = () => fetch();',
    };
    await inProject(files, async () => expect(await callBundled("it.ts")).to.equal("fetched"));
  });

  it("follows the conditions of Node, not those of bundlers", async () => {
    const files = {
      "node_modules/both/package.json": JSON.stringify({
        exports: { module: "./module.mjs", import: "./import.mjs", require: "./require.cjs" },
      }),
      "node_modules/both/module.mjs": 'export default "module";',
      "node_modules/both/import.mjs": 'export default "import";',
      "node_modules/both/require.cjs": 'module.exports = "require";',
      "it.ts": `
        import imported from "both";
        import { createRequire } from "node:module";
        import required from "./required.cjs";
        export const handler = () => [imported, required, typeof createRequire];`,
      "required.cjs": 'module.exports = require("both");',
    };
    await inProject(files, async () => {
      expect(await callBundled("it.ts")).to.deep.equal(["import", "require", "function"]);
    });
  });

  it("gives CommonJS packages the module's file and folder, and Node's own modules", async () => {
    const files = {
      "node_modules/old/package.json": '{"main":"index.js"}',
      "node_modules/old/index.js": `
        const here = __dirname, file = __filename, { join } = require("path"), fs = require("node:fs");
        exports.look = () => [join(here, "old.mjs") === file, fs.existsSync(file), typeof require.resolve];`,
      "it.ts": 'import { look } from "old"; export const handler = () => look();',
      "old.ts": 'export { look as handler } from "old";',
    };
    await inProject(files, async () => {
      expect(await callBundled("old.ts")).to.deep.equal([true, true, "function"]);
    });
  });

  it("runs ES modules that define __dirname, __filename and require themselves", async () => {
    const files = {
      "it.mts": `
        import path from "node:path";
        import { fileURLToPath } from "node:url";
        import { createRequire } from "node:module";
        const __filename = fileURLToPath(import.meta.url);
        const __dirname = path.dirname(__filename);
        const require = createRequire(import.meta.url);
        export const handler = () => [path.basename(__dirname) !== "", typeof require("node:fs").readFile];`,
    };
    await inProject(files, async () => {
      expect(await callBundled("it.mts")).to.deep.equal([true, "function"]);
    });
  });

  it("runs all of an entry whose package says that it has no side effects", async () => {
    const files = {
      "package.json": '{"sideEffects":false}',
      "it.ts":
        'import { state } from "./state.ts"; state.ready = true; export { handler } from "./state.ts";',
      "state.ts":
        "export const state = { ready: false }; export const handler = () => state.ready;",
    };
    await inProject(files, async () => expect(await callBundled("it.ts")).to.equal(true));
  });

  it("is compiled as tsconfig.json says, the entry as well as what it imports", async () => {
    const base = 'class Base { set it(_: string) { this.found = "setter"; } found = "field"; }';
    const source = `${base} class It extends Base { override it = ""; } export const found = new It().found;`;
    const files = {
      "tsconfig.json": '{"compilerOptions":{"useDefineForClassFields":false}}',
      "it.ts": `import { found as other } from "./other.ts"; ${source} export const handler = () => [found, other];`,
      "other.ts": source,
    };
    await inProject(files, async () => {
      expect(await callBundled("it.ts")).to.deep.equal(["setter", "setter"]);
    });
  });

  it("keeps the names of functions and classes", async () => {
    const files = {
      "it.ts": `
        class PaymentDeclinedError extends Error { override name = this.constructor.name; }
        function charge() {}
        export const handler = () => [new PaymentDeclinedError("x").name, charge.name];`,
    };
    await inProject(files, async () => {
      expect(await callBundled("it.ts")).to.deep.equal(["PaymentDeclinedError", "charge"]);
    });
  });
});
