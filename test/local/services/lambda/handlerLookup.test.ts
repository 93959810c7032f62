import { expect } from "chai";
import { errorOf, functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";

describe("the handler setting", () => {
  const { functions } = startLambda();
  after(() => functions.close());

  let created = 0;
  async function invoke(handler: string, files: Record<string, string>, runtime = "nodejs24.x") {
    const definition = functionOf("", { name: `f${++created}`, handler, files, runtime });
    return await functions.invoke(functions.create(definition).arn, "{}");
  }

  const esm = "export const handler = async () => 'found';";
  const commonjs = "exports.handler = async () => 'found';";

  const found: [string, string, Record<string, string>][] = [
    ["an ES module", "index.handler", { "index.mjs": esm }],
    [
      "a .js file of a package of ES modules",
      "index.handler",
      { "index.js": esm, "package.json": '{"type":"module"}' },
    ],
    ["a CommonJS .js file", "index.handler", { "index.js": commonjs }],
    ["a .cjs file", "index.handler", { "index.cjs": commonjs }],
    ["a file in a folder", "orders/billing/index.handler", { "orders/billing/index.mjs": esm }],
    [
      "a file beside a folder of the same name",
      "index.handler",
      { "index.mjs": esm, "index/other.mjs": "" },
    ],
    [
      "a .js file rather than a .mjs one",
      "index.handler",
      { "index.js": commonjs, "index.mjs": "export const handler = async () => 'other';" },
    ],
    [
      "an export of another name",
      "index.main",
      { "index.mjs": "export const main = async () => 'found';" },
    ],
    [
      "a property of an export",
      "index.api.create",
      { "index.mjs": "export const api = { create: async () => 'found' };" },
    ],
    [
      "a property of the default export",
      "index.handler",
      { "index.mjs": "export default { handler: async () => 'found' };" },
    ],
    [
      "a function that is not async",
      "index.handler",
      { "index.mjs": "export const handler = () => 'found';" },
    ],
    [
      "a module that awaits at its top",
      "index.handler",
      {
        "index.mjs":
          "const word = await Promise.resolve('found'); export const handler = async () => word;",
      },
    ],
    [
      "a file that imports another",
      "index.handler",
      {
        "index.mjs": "import { word } from './word.mjs'; export const handler = async () => word;",
        "word.mjs": "export const word = 'found';",
      },
    ],
  ];
  for (const [what, handler, files] of found) {
    it(`finds ${what}`, async () => {
      expect(payloadOf(await invoke(handler, files))).to.equal("found");
    });
  }

  const missing: [string, string, Record<string, string>, string, string][] = [
    [
      "a file that is not there",
      "index.handler",
      { "main.mjs": esm },
      "Runtime.ImportModuleError",
      "Error: Cannot find module 'index'",
    ],
    [
      "an export that is not there",
      "index.main",
      { "index.mjs": esm },
      "Runtime.HandlerNotFound",
      "index.main is undefined or not exported",
    ],
    [
      "an export that is no function",
      "index.word",
      { "index.mjs": "export const word = 'found';" },
      "Runtime.HandlerNotFound",
      "index.word is not a function",
    ],
    [
      "a file with a wrong syntax",
      "index.handler",
      { "index.mjs": "export const = 1;" },
      "Runtime.UserCodeSyntaxError",
      "SyntaxError: Unexpected token '='",
    ],
    [
      "a CommonJS package that is not there",
      "index.handler",
      { "index.cjs": "require('not-packed');" },
      "Runtime.ImportModuleError",
      "Error: Cannot find module 'not-packed'",
    ],
    [
      "an ES package that is not there",
      "index.handler",
      { "index.mjs": "import 'not-packed';" },
      "Error",
      "Cannot find package 'not-packed'",
    ],
    [
      "a module that throws",
      "index.handler",
      { "index.mjs": "throw new TypeError('no table');" },
      "TypeError",
      "no table",
    ],
    [
      "a path out of the code",
      "../index.handler",
      { "index.mjs": esm },
      "Runtime.MalformedHandlerName",
      "'../index.handler' is not a valid handler name.",
    ],
    [
      "a setting without an export",
      "index",
      { "index.mjs": esm },
      "Runtime.MalformedHandlerName",
      "Bad handler",
    ],
  ];
  for (const [what, handler, files, errorType, message] of missing) {
    it(`fails the invocation for ${what}`, async () => {
      const error = errorOf(await invoke(handler, files));

      expect(error.errorType).to.equal(errorType);
      expect(error.errorMessage.slice(0, message.length)).to.equal(message);
    });
  }

  it("loads the module anew once its code is mended", async () => {
    const first = functionOf("throw new Error('not today');", { name: "again" });
    const { arn } = functions.create(first);

    errorOf(await functions.invoke(arn, "{}"));
    functions.updateCode(arn, { "index.mjs": esm });

    expect(payloadOf(await functions.invoke(arn, "{}"))).to.equal("found");
  });

  describe("of a handler with a callback", () => {
    const answering = (body: string) => ({
      "index.mjs": `export const handler = (event, context, callback) => { ${body} };`,
    });

    it("is refused from Node.js 24", async () => {
      const error = errorOf(await invoke("index.handler", answering("callback(null, 1);")));

      expect(error.errorType).to.equal("Runtime.CallbackHandlerDeprecated");
    });

    it("takes what is called back, once nothing is left to do", async () => {
      const files = answering(
        "const result = { late: false }; callback(null, result); setTimeout(() => { result.late = true; }, 5);",
      );

      expect(payloadOf(await invoke("index.handler", files, "nodejs22.x"))).to.deep.equal({
        late: true,
      });
    });

    it("does not wait for the rest where the handler says so", async () => {
      const files = answering(
        "context.callbackWaitsForEmptyEventLoop = false; setTimeout(() => {}, 60_000); callback(null, 'now');",
      );

      expect(payloadOf(await invoke("index.handler", files, "nodejs22.x"))).to.equal("now");
    });

    it("fails with the error that is called back", async () => {
      const files = answering("callback(new RangeError('too far'));");

      const error = errorOf(await invoke("index.handler", files, "nodejs20.x"));

      expect(error).to.include({ errorType: "RangeError", errorMessage: "too far" });
    });

    it("returns null if the event loop is empty and the callback was not called", async () => {
      expect(payloadOf(await invoke("index.handler", answering(""), "nodejs22.x"))).to.equal(null);
    });

    it("takes the result of an async function as well", async () => {
      const files = { "index.mjs": "export const handler = async (e, c, callback) => 'promised';" };

      expect(payloadOf(await invoke("index.handler", files, "nodejs22.x"))).to.equal("promised");
    });
  });
});
