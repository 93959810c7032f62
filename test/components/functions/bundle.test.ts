import { readFileSync } from "node:fs";
import { expect } from "chai";
import { bundleHandler } from "../../../components/functions/bundle.ts";
import { bundledTexts, callBundled, inProject } from "../../harness/programs/inProject.ts";

const source = `
  import { S3Client } from "@aws-sdk/client-s3";
  import { shout } from "../lib/shout.ts";
  export const handler = async (event: { name: string }) =>
    ({ hello: shout(event.name), client: typeof S3Client });
`;
const project = {
  "handlers/greet.ts": source,
  "lib/shout.ts": "export const shout = (text: string) => text.toUpperCase();",
};

describe("a handler's bundle", () => {
  it("holds a module and its source map, lies where Lambda's handler says, and runs", async () => {
    await inProject(project, async () => {
      expect(bundleHandler("handlers/greet.ts").handler).to.equal("handlers/greet.handler");
      expect(await bundledTexts("handlers/greet.ts")).to.have.all.keys(
        "handlers/greet.mjs",
        "handlers/greet.mjs.map",
      );
      expect(await callBundled("handlers/greet.ts", { name: "x" })).to.deep.equal({
        hello: "X",
        client: "function",
      });
    });
  });

  it("is the same in every folder, whether packages lie in the project or above it", async () => {
    const bundled = async () => {
      const { code } = bundleHandler("handlers/greet.ts");
      const folder = await (await code).path;
      return { name: folder.split("/").at(-1), texts: await bundledTexts("handlers/greet.ts") };
    };
    const first = await inProject(project, bundled);
    expect(first.name).to.match(/^greet-[0-9a-f]{16}$/);
    for (const packages of ["project", "workspace"] as const) {
      const moved = await inProject(project, bundled, { folder: "a/deeper/folder", packages });
      expect(moved).to.deep.equal(first);
    }
  });

  it("holds no path of the machine, but the program's own sources and the names of packages", async () => {
    await inProject(project, async () => {
      const texts = await bundledTexts("handlers/greet.ts");
      for (const text of Object.values(texts)) expect(text).not.to.include(process.cwd());
      const { sources } = JSON.parse(texts["handlers/greet.mjs.map"] ?? "");
      const isPackage = (source: string) => /^\.\.\/node_modules\/(%40[^/]+\/)?[^/]+$/.test(source);
      expect(sources.filter((source: string) => !isPackage(source))).to.have.members([
        "../lib/shout.ts",
        "../handlers/greet.ts",
      ]);
      expect(sources).to.include("../node_modules/%40aws-sdk/client-s3");
    });
  });

  it("changes with the handler's source, and with a file that it imports", async () => {
    const folderOf = (changes: Record<string, string>) =>
      inProject({ ...project, ...changes }, async () => {
        const { path } = await bundleHandler("handlers/greet.ts").code;
        return (await path).split("/").at(-1);
      });
    const folders = [
      await folderOf({}),
      await folderOf({ "handlers/greet.ts": source.replace("hello:", "hi:") }),
      await folderOf({ "lib/shout.ts": "export const shout = (text: string) => text;" }),
    ];
    expect(new Set(folders).size).to.equal(3);
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
      const entries = ["../one/same.ts", "../one/same.js", "../two/same.ts"];
      expect(await Promise.all(entries.map((entry) => callBundled(entry)))).to.deep.equal([
        1, 2, 3,
      ]);
      expect(await bundledTexts("../one/same.ts")).to.have.all.keys("same.mjs", "same.mjs.map");
    });
  });

  it("is written into a folder that git ignores", async () => {
    await inProject({ "one.ts": "export const handler = () => 1;" }, async () => {
      await bundleHandler("one.ts").code;
      expect(readFileSync(".fanout/.gitignore", "utf8")).to.equal("*\n");
    });
  });

  it("leaves a .gitignore in that folder as it is", async () => {
    const files = {
      "one.ts": "export const handler = () => 1;",
      ".fanout/.gitignore": "bundles\n",
    };
    await inProject(files, async () => {
      await bundleHandler("one.ts").code;
      expect(readFileSync(".fanout/.gitignore", "utf8")).to.equal("bundles\n");
    });
  });

  for (const extension of ["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx"]) {
    it(`is made of a .${extension} file`, async () => {
      await inProject({ [`it.${extension}`]: "export const handler = () => 7;" }, async () => {
        expect(await callBundled(`it.${extension}`)).to.equal(7);
      });
    });
  }

  for (const [entry, handler] of [
    ["handlers/csv.created.ts", "handlers/csv-created.handler"],
    ["my handlers/on upload.ts", "my-handlers/on-upload.handler"],
    ["handlers/v1.2/größe#1%.ts", "handlers/v1-2/gr--e-1-.handler"],
  ] as const) {
    it(`lies under a name that Lambda accepts: ${entry}`, async () => {
      await inProject({ [entry]: "export const handler = () => 9;" }, async () => {
        expect(bundleHandler(entry).handler).to.equal(handler);
        expect(await callBundled(entry)).to.equal(9);
      });
    });
  }

  it("has a handler of at most 128 characters, however long its path is", async () => {
    const entry = `${"long/".repeat(30)}deep.ts`;
    await inProject({ [entry]: "export const handler = () => 1;" }, async () => {
      expect(bundleHandler(entry).handler).to.equal("deep.handler");
      expect(await callBundled(entry)).to.equal(1);
    });
  });

  it("of a handler that does not compile is an error with the place, once for all of them", async () => {
    const files = { ...project, "handlers/bad.ts": "export const handler = (;" };
    await inProject(files, async () => {
      const bad = bundleHandler("handlers/bad.ts").code;
      const good = bundleHandler("handlers/greet.ts").code;
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
    });
  });

  it("of a program that changes its folder meanwhile is made from the folder where it was asked for", async () => {
    const files = {
      "a/one.ts": "export const handler = () => 1;",
      "b/two.ts": "export const handler = () => 2;",
    };
    await inProject(files, async () => {
      const root = process.cwd();
      process.chdir("a");
      const one = bundleHandler("one.ts");
      process.chdir("../b");
      const two = bundleHandler("two.ts");
      process.chdir(root);
      expect(await (await one.code).path).to.match(/\/a\/\.fanout\/bundles\/one-/);
      expect(await (await two.code).path).to.match(/\/b\/\.fanout\/bundles\/two-/);
    });
  });
});
