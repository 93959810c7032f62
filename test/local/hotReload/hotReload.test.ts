import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { HandlerFunction } from "../../../components/index.ts";
import { type LocalRun, startLocalRun } from "../../../local/localRun.ts";
import { hangMilliseconds } from "../../harness/assertions/hang.ts";
import { untimed } from "../../harness/cloud/handlerTimers.ts";

describe("hot reload", () => {
  let folder: string;
  let run: LocalRun;
  let said: string[];
  let listeners: (() => void)[];

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-reload-"));
    said = [];
    listeners = [];
    save("shared.ts", 'export const word = "old";');
    save(
      "first.ts",
      'import { word } from "./shared.ts"; export const handler = () => "first " + word;',
    );
    save(
      "second.ts",
      'import { word } from "./shared.ts"; export const handler = () => "second " + word;',
    );
    save("third.ts", 'export const handler = () => "third old";');
    run = await startLocalRun({
      stack: "dev",
      port: 0,
      handlerTimer: untimed,
      onReload: (text) => {
        said.push(text);
        for (const listener of listeners.splice(0)) listener();
      },
      program: async () => {
        for (const name of ["first", "second", "third"]) {
          new HandlerFunction(name, {
            description: name,
            handler: { entry: path.join(folder, `${name}.ts`), timeoutSeconds: 20 },
          });
        }
        return {};
      },
    });
  });

  afterEach(async () => {
    await run.close();
    rmSync(folder, { recursive: true });
  });

  function save(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }

  async function answer(name: string): Promise<unknown> {
    const result = await run.cloud.functions.invoke(name, "{}");
    if (result.outcome !== "succeeded") throw new Error(JSON.stringify(result));
    return JSON.parse(result.payload);
  }

  /** The uppermost frame of the error that a function fails with. */
  async function failure(name: string): Promise<string | undefined> {
    const result = await run.cloud.functions.invoke(name, "{}");
    if (result.outcome !== "failed") throw new Error(JSON.stringify(result));
    return result.error.trace?.[1];
  }

  async function untilSaid(pattern: RegExp): Promise<string> {
    const signal = AbortSignal.timeout(hangMilliseconds);
    for (;;) {
      const found = said.find((text) => pattern.test(text));
      if (found !== undefined) return found;
      await new Promise<void>((resolve, reject) => {
        listeners.push(resolve);
        signal.addEventListener("abort", () =>
          reject(new Error(`nobody said ${pattern}, but ${JSON.stringify(said)}`)),
        );
      });
    }
  }

  it("runs the new code with the next invocation", async () => {
    expect(await answer("third")).to.equal("third old");
    save("third.ts", 'export const handler = () => "third new";');
    expect(await untilSaid(/./)).to.equal("New code: third");
    expect(await answer("third")).to.equal("third new");
    expect(await answer("first")).to.equal("first old");
  });

  it("gives all handlers that share a file its new code, also when the editor replaces it", async () => {
    save("shared.ts.tmp", 'export const word = "new";');
    renameSync(path.join(folder, "shared.ts.tmp"), path.join(folder, "shared.ts"));
    expect(await untilSaid(/New code/)).to.equal("New code: first, second");
    expect(await answer("first")).to.equal("first new");
    expect(await answer("second")).to.equal("second new");
  });

  it("lets what is at work finish with the code that it began with", async () => {
    const begun = path.join(folder, "begun");
    const slow = (word: string) => `
      import { existsSync, writeFileSync } from "node:fs";
      import { setTimeout as wait } from "node:timers/promises";
      export const handler = async () => {
        writeFileSync(${JSON.stringify(begun)}, "");
        while (!existsSync(${JSON.stringify(`${begun}-go`)})) await wait(5);
        return ${JSON.stringify(word)};
      };`;
    save("third.ts", slow("began with the old"));
    await untilSaid(/New code/);
    said = [];
    const old = answer("third");
    save("third.ts", 'export const handler = () => "the new";');
    await untilSaid(/New code/);
    expect(await answer("third")).to.equal("the new");
    writeFileSync(`${begun}-go`, "");
    expect(await old).to.equal("began with the old");
  });

  it("keeps the code of a handler that does not compile, says so once, and goes on when it does", async () => {
    save("third.ts", "export const handler = () => {");
    const problem = await untilSaid(/does not compile/);
    expect(problem).to.contain("third.ts:1:");
    expect(problem).to.match(/these run the code they had: third$/);
    expect(await answer("third")).to.equal("third old");
    // Another change, while it is still broken: the others go on, and it is not said again.
    save("shared.ts", 'export const word = "new";');
    await untilSaid(/New code: first, second/);
    expect(said).to.have.lengthOf(2);
    save("third.ts", 'export const handler = () => "third mended";');
    await untilSaid(/New code: third/);
    expect(await answer("third")).to.equal("third mended");
  });

  it("says of a broken file that handlers share what it is, once", async () => {
    save("shared.ts", "export const word = ;");
    expect(await untilSaid(/does not compile/)).to.match(/the code they had: first, second$/);
    expect(said).to.have.lengthOf(1);
    expect(await answer("first")).to.equal("first old");
  });

  it("finds a file that is written after the one that imports it, in a folder that is new", async () => {
    save("third.ts", 'import { word } from "./new/word.ts"; export const handler = () => word;');
    await untilSaid(/Could not resolve "\.\/new\/word\.ts"/);
    mkdirSync(path.join(folder, "new"));
    save("first.ts", 'export const handler = () => "first new";');
    await untilSaid(/New code: first/);
    save("new/word.ts", 'export const word = "here";');
    await untilSaid(/New code: third/);
    expect(await answer("third")).to.equal("here");
  });

  it("keeps the positions of errors right when only lines have moved", async () => {
    const failing = 'export const handler = () => {\n  throw new Error("third fails");\n};';
    save("third.ts", failing);
    await untilSaid(/New code: third/);
    expect(await failure("third")).to.match(/third\.ts:2:9\)$/);
    said = [];
    save("third.ts", `\n\n${failing}`);
    await untilSaid(/New code: third/);
    expect(await failure("third")).to.match(/third\.ts:4:9\)$/);
  });

  it("leaves functions alone whose code is the same after all", async () => {
    save("third.ts", 'export const handler = () => "third old"; // Only a remark.');
    save("first.ts", 'export const handler = () => "first new";');
    expect(await untilSaid(/./)).to.equal("New code: first");
  });
});
