import { expect } from "chai";
import { bundleHandler } from "../../../components/functions/bundle.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { callBundled, inProject } from "../../harness/programs/inProject.ts";

describe("the export of a handler's file", () => {
  const accepted = {
    "exports.handler in CommonJS": { "it.js": "exports.handler = () => 1;" },
    "module.exports = { handler } in CommonJS": {
      "it.js": "const handler = () => 1; module.exports = { handler };",
    },
    "exports.handler in typed CommonJS": {
      "it.js": 'exports.other = 2; module.exports = require("./typed.cts");',
      "typed.cts": "exports.handler = (_event: unknown): number => 1;",
    },
    "an object that CommonJS computes": {
      "it.js": 'module.exports = Object.fromEntries([["handler", () => 1]]);',
    },
    "what CommonJS re-exports": {
      "it.js":
        '__exportStar(require("./impl.js"), exports); function __exportStar(m, e) { for (const p in m) e[p] = m[p]; }',
      "impl.js": "exports.handler = () => 1;",
    },
    "a re-export of an ES module": {
      "it.js": 'export * from "./impl.mjs";',
      "impl.mjs": "export function handler() { return 1; }",
    },
    "a handler that awaits at its top level": {
      "it.js": "const one = await Promise.resolve(1); export const handler = () => one;",
    },
  };
  for (const [what, files] of Object.entries(accepted)) {
    it(`may be ${what}`, async () => {
      await inProject(files, async () => {
        expect(await callBundled("it.js")).to.equal(1);
      });
    });
  }

  const refused = {
    "is missing": ["export const other = 1; export const another = 2;", "another, other"],
    "is misspelled": ["export const handlr = () => 1;", "handlr"],
    "is a default export": ["export default () => 1;", "default"],
    "does not exist, where the file exports nothing": ["console.log(1); export {};", "nothing"],
    "comes from another file that lacks it": ['export * from "./lib.ts";', "inLib"],
    "is missing in CommonJS": ["exports.handlr = () => 1; exports.other = 2;", "handlr, other"],
    "is missing in an object of CommonJS": [
      "const main = () => 1; module.exports = { main };",
      "main",
    ],
  } as const;
  for (const [what, [source, exported]] of Object.entries(refused)) {
    it(`fails the build when it ${what}, and the error lists what there is`, async () => {
      const files = {
        "lib.ts": "export const inLib = 1;",
        "handlers/it.ts": source.replace("./lib", "../lib"),
      };
      await inProject(files, async () => {
        const error = await failureOf(bundleHandler("handlers/it.ts").code);
        expect(error.message).to.equal(
          "a handler does not compile:\n" +
            `handlers/it.ts exports no "handler" (it exports ${exported}); export the function under that name`,
        );
      });
    });
  }

  it("is reported of every file that lacks it", async () => {
    const files = {
      "one.ts": "export const a = 1;",
      "good.ts": "export const handler = () => 1;",
      "two.ts": "export const b = 1;",
    };
    await inProject(files, async () => {
      const codes = Object.keys(files).map((entry) => bundleHandler(entry).code);
      const [error] = await Promise.all(codes.map(failureOf));
      expect(error?.message.split("\n").slice(1)).to.have.members([
        'one.ts exports no "handler" (it exports a); export the function under that name',
        'two.ts exports no "handler" (it exports b); export the function under that name',
      ]);
    });
  });

  const advised = {
    "a package that is not installed": [
      'import "@acme/images/resize"; export const handler = () => 1;',
      "Install the package in the project: npm install @acme/images",
    ],
    "native code": [
      'import addon from "./addon.node"; export const handler = () => addon;',
      'set on the handler: bundle: { packages: ["NAME"] }',
    ],
    "a kind of file that esbuild does not know": [
      'import page from "./page.html"; export const handler = () => page;',
      'set on the handler: bundle: { loaders: { ".html": "text" } }',
    ],
  } as const;
  for (const [what, [source, advice]] of Object.entries(advised)) {
    it(`comes with advice where the file imports ${what}`, async () => {
      await inProject({ "it.ts": source, "addon.node": "", "page.html": "" }, async () => {
        const error = await failureOf(bundleHandler("it.ts").code);
        expect(error.message).to.include("it.ts:1:").and.include(advice);
      });
    });
  }
});

describe("the parameters of a handler", () => {
  const refused = {
    "an arrow function":
      "export const handler = (event, context, callback) => callback(null, event);",
    "a typed arrow function":
      "export const handler: (...args: any[]) => void = async (_e: unknown, _c: { a: (x: 1) => 2 }, done: () => void) => done();",
    "a function":
      "export async function handler({ a = [1, ')'] }, [context], callback) { callback(a, context); }",
    "a function of CommonJS":
      "exports.handler = function (event, context, callback) { callback(event); };",
    "a variable that is exported later":
      "const handler = (a, b, c, d = 1) => c(a, b, d); export { handler };",
  };
  for (const [what, source] of Object.entries(refused)) {
    it(`may not include a callback, which Lambda rejects: ${what}`, async () => {
      const file = source.startsWith("exports") ? "it.cjs" : "it.ts";
      await inProject({ [file]: source }, async () => {
        const error = await failureOf(bundleHandler(file).code);
        expect(error.message).to.equal(
          `a handler does not compile:\n${file}: Lambda rejects a handler with a third parameter, the callback, from Node.js 24 on; make it async and return the result`,
        );
      });
    });
  }

  const accepted = {
    two: "export const handler = async (event, context) => 1;",
    "a third one with a default":
      "export const handler = (event, context, log = { at: (a, b) => a }) => 1;",
    "two and a rest": "export function handler(event, context, ...more) { return 1; }",
    "those of a wrapped function":
      "const wrap = (f) => () => f(1, 2, () => 1); export const handler = wrap((a, b, c) => c());",
    "those of another function that the same file has":
      "function outer() { const handler = (a, b, c) => 2; return handler; } export const handler = () => outer() && 1;",
  };
  for (const [what, source] of Object.entries(accepted)) {
    it(`may be ${what}`, async () => {
      await inProject({ "it.js": source }, async () => {
        expect(await callBundled("it.js")).to.equal(1);
      });
    });
  }
});
