import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { bundleHandler } from "../../../components/functions/bundle.ts";
import { textsOf } from "../../harness/programs/archive.ts";

const source = `
  import { S3Client } from "@aws-sdk/client-s3";
  export const handler = async (event: { name: string }) => ({ hello: event.name, client: typeof S3Client });
`;

/** Runs in a new project folder that holds these files and this project's packages. */
async function inProject<T>(files: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  const folder = mkdtempSync(path.join(tmpdir(), "fanout-bundle-"));
  symlinkSync(path.join(before, "node_modules"), path.join(folder, "node_modules"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  process.chdir(folder);
  try {
    return await run();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}

describe("a handler's bundle", () => {
  it("is one file without a source map, where Lambda's handler says, and it runs", async () => {
    await inProject({ "handlers/one.ts": source }, async () => {
      const { handler, code } = bundleHandler("handlers/one.ts");
      expect(handler).to.equal("handlers/one.handler");
      const texts = await textsOf(await code);
      expect(Object.keys(texts)).to.deep.equal(["handlers/one.mjs"]);
      const text = texts["handlers/one.mjs"] ?? "";
      expect(text).not.to.include("sourceMappingURL");
      writeFileSync("bundle.mjs", text);
      const module = await import(pathToFileURL(path.resolve("bundle.mjs")).href);
      expect(await module.handler({ name: "x" })).to.deep.equal({ hello: "x", client: "function" });
    });
  });

  it("has the same bytes from whatever folder it is made in", async () => {
    const make = () =>
      inProject({ "handlers/same.ts": source }, async () =>
        textsOf(await bundleHandler(`./handlers/same.ts`).code),
      );
    const first = await make();
    const second = await inProject({ "a/b/same.ts": source }, async () =>
      textsOf(await bundleHandler("a/b/same.ts").code),
    );
    expect(second["a/b/same.mjs"]).to.equal(first["handlers/same.mjs"]);
  });

  it("is made once for all consumers that share it", async () => {
    const first = bundleHandler("test/fixtures/handlers/echo.ts");
    expect(bundleHandler("./test/fixtures/handlers/echo.ts")).to.equal(first);
    await first.code;
  });

  it("is its own for each of two files of one name", async () => {
    const files = {
      "one/same.ts": "export const handler = () => 1;",
      "one/same.js": "export const handler = () => 2;",
      "two/same.ts": "export const handler = () => 3;",
      "inside/here.ts": "",
    };
    await inProject(files, async () => {
      process.chdir("inside"); // The files are outside, and go by their last name alone.
      const bundles = ["../one/same.ts", "../one/same.js", "../two/same.ts"].map(bundleHandler);
      const texts = await Promise.all(bundles.map(async ({ code }) => textsOf(await code)));
      for (const [index, text] of texts.entries()) {
        expect(Object.keys(text)).to.deep.equal(["same.mjs"]);
        expect(text["same.mjs"]).to.include(`()=>${index + 1}`);
      }
    });
  });

  it("of a handler that does not compile is an error with the place, once for all of them", async () => {
    await inProject(
      { "handlers/bad.ts": "export const handler = (;", "handlers/good.ts": source },
      async () => {
        const bad = bundleHandler("handlers/bad.ts").code;
        const good = bundleHandler("handlers/good.ts").code;
        const [first, second] = await Promise.allSettled([bad, good]);
        expect(first).to.have.property("status", "rejected");
        expect(first)
          .to.have.nested.property("reason.message")
          .that.includes("a handler does not compile:\n")
          .and.includes("handlers/bad.ts:1:");
        expect(second).to.have.property(
          "reason",
          first.status === "rejected" ? first.reason : undefined,
        );
      },
    );
  });
});
