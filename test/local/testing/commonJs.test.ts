import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { expect } from "chai";
import type { startTestCloud } from "../../../local/testing/index.ts";
import { failureOf } from "../../harness/assertions/failure.ts";

const file = path.resolve("local/testing/commonJs.cjs");

/** Packages that are loaded once more, as a test runner does that isolates modules. */
const isolated = /node_modules\/@pulumi\//;

/** Loads the library as jest does: in a context of its own, with its own copies of packages. */
function loadIsolated() {
  const load = createRequire(file);
  const kept = Object.entries(load.cache).filter(([name]) => isolated.test(name));
  for (const [name] of kept) delete load.cache[name];
  const aws: typeof import("@pulumi/aws") = load("@pulumi/aws");
  const require = Object.assign((id: string) => load(id), {
    resolve: (id: string, options?: { paths: string[] }) =>
      id === "./index.js" ? load.resolve("./index.ts") : load.resolve(id, options),
  });
  const exports: { startTestCloud?: typeof startTestCloud } = {};
  const parsingContext = vm.createContext({});
  vm.compileFunction(readFileSync(file, "utf8"), ["require", "exports"], {
    filename: file,
    parsingContext,
  })(require, exports);
  const putBack = () => {
    for (const [name, module] of kept) load.cache[name] = module;
  };
  return { library: exports, aws, putBack };
}

describe("a test cloud in a test runner that isolates CommonJS modules", () => {
  let isolation: ReturnType<typeof loadIsolated>;
  before(() => {
    isolation = loadIsolated();
  });
  after(() => isolation.putBack());

  it("runs a program that has its own copy of Pulumi", async () => {
    const { library, aws } = isolation;
    const cloud = await library.startTestCloud?.({
      program: () => ({ name: new aws.sqs.Queue("mails").name }),
    });
    const outputs = cloud?.outputs;
    const messages = cloud?.messages("mails");
    await cloud?.close();
    expect(outputs).to.deep.equal({ name: "mails" });
    expect(messages).to.deep.equal([]);
  });

  it("reports what is wrong with the program", async () => {
    const { library, aws } = isolation;
    const started = library.startTestCloud?.({
      program: () => {
        new aws.sqs.Queue("mails", { visibilityTimeoutSeconds: 99_999 });
      },
    });
    const failure = await failureOf(started ?? Promise.resolve());
    expect(failure.message).to.match(/mails.*visibilityTimeoutSeconds/s);
  });
});
