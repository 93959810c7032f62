import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { bundleHandler } from "../../../components/functions/bundle.ts";
import type { Architecture, BundleArgs } from "../../../components/functions/bundleArgs.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { textsOf } from "../../harness/programs/archive.ts";
import { inProject } from "../../harness/programs/inProject.ts";

const installed = (name: string, manifest: object = {}, files: Record<string, string> = {}) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js", ...manifest }),
  [`node_modules/${name}/index.js`]: `exports.name = ${JSON.stringify(name)};`,
  ...Object.fromEntries(
    Object.entries(files).map(([file, text]) => [`node_modules/${name}/${file}`, text]),
  ),
});

/** A package with code for one platform in a package of its own, as sharp and many others have it. */
const native = (...cpus: string[]) => ({
  "handlers/a.ts": `import { name } from "pixels"; export const handler = () => name;`,
  ...installed("pixels", { optionalDependencies: { "@pixels/arm64": "1", "@pixels/x64": "1" } }),
  ...Object.assign(
    {},
    ...cpus.map((cpu) => installed(`@pixels/${cpu}`, { os: ["linux"], cpu: [cpu] })),
  ),
});

describe("the options of a bundle", () => {
  it("leave external packages to a layer", async () => {
    const files = { "a.ts": `import sharp from "sharp/lib"; export const handler = () => sharp;` };
    const { "a.mjs": code } = await texts(files, "a.ts", { external: ["sharp"] });
    expect(code).to.match(/from"sharp\/lib"/);
  });

  it("leave packages of the AWS SDK external too", async () => {
    const files = { "a.ts": `export { SNSClient as handler } from "@aws-sdk/client-sns";` };
    const { "a.mjs": code } = await texts(files, "a.ts", { external: ["@aws-sdk/client-sns"] });
    expect(code?.length).to.be.below(1000);
  });

  it("copy packages with their dependencies, each in the version that its user has", async () => {
    const files = {
      "handlers/a.ts": `import { name } from "one"; export const handler = () => name;`,
      ...installed("one", { dependencies: { two: "2" } }),
      ...installed("two", {}, { "data.txt": "first" }),
      ...installed("one/node_modules/two", { name: "two" }, { "data.txt": "second" }),
      ...installed("unused"),
    };
    const copied = await texts(files, "handlers/a.ts", { packages: ["two", "one"] });
    expect(Object.keys(copied).sort()).to.deep.equal([
      "handlers/a.mjs",
      "handlers/a.mjs.map",
      "node_modules/one/index.js",
      "node_modules/one/node_modules/two/data.txt",
      "node_modules/one/node_modules/two/index.js",
      "node_modules/one/node_modules/two/package.json",
      "node_modules/one/package.json",
      "node_modules/two/data.txt",
      "node_modules/two/index.js",
      "node_modules/two/package.json",
    ]);
    expect(copied["node_modules/two/data.txt"]).to.equal("first");
    expect(copied["node_modules/one/node_modules/two/data.txt"]).to.equal("second");
  });

  it("copy files and folders under their paths in the program's folder, again when one changes", async () => {
    const files = {
      "handlers/mail/send.ts": "export const handler = () => 1;",
      "handlers/mail/welcome.html": "<p>welcome</p>",
      "fonts/bold/a.ttf": "ttf",
    };
    const args = { files: ["handlers/mail/welcome.html", "fonts"] };
    await inProject(files, async () => {
      const first = await textsOf(await bundleHandler("handlers/mail/send.ts", args).code);
      expect(first).to.include({ "fonts/bold/a.ttf": "ttf" });
      expect(first["handlers/mail/welcome.html"]).to.equal("<p>welcome</p>");
      writeFileSync("handlers/mail/welcome.html", "<p>hello</p>");
      // Other options, so that the bundle is not the one of this process.
      const again = bundleHandler("handlers/mail/send.ts", { ...args, external: ["none"] });
      expect((await textsOf(await again.code))["handlers/mail/welcome.html"]).to.equal(
        "<p>hello</p>",
      );
    });
  });

  it("load files of other kinds as they say", async () => {
    const files = {
      "a.ts": `import text from "./a.html"; export const handler = () => text;`,
      "a.html": "<p>hello</p>",
    };
    const { "a.mjs": code } = await texts(files, "a.ts", { loaders: { ".html": "text" } });
    expect(code).to.include("<p>hello</p>");
  });

  for (const [architecture, cpu] of [
    ["arm64", "arm64"],
    ["x86_64", "x64"],
  ] as const) {
    it(`copy native code that is installed for the function's processor: ${cpu}`, async () => {
      const args = { packages: ["pixels"] };
      const copied = await texts(native("arm64", "x64"), "handlers/a.ts", args, architecture);
      expect(copied).to.include.keys(
        "node_modules/pixels/index.js",
        `node_modules/@pixels/${cpu}/index.js`,
      );
    });
  }

  it("reject native code that is installed for another processor only, and say how to install it", async () => {
    const message = await failure(native("x64"), "handlers/a.ts", { packages: ["pixels"] });
    expect(message).to.include(
      "the package pixels is not installed for Linux on arm64, where the function runs; install it for that with: npm install --os=linux --cpu=arm64 --libc=glibc pixels",
    );
  });

  it("reject prebuilt code that lacks the function's platform", async () => {
    const files = {
      "a.ts": `import "addon"; export const handler = () => 1;`,
      ...installed("addon", {}, { "prebuilds/darwin-arm64/addon.node": "" }),
    };
    expect(await failure(files, "a.ts", { packages: ["addon"] })).to.match(
      /^the package addon is not installed for Linux on arm64/,
    );
  });

  const refused: readonly (readonly [BundleArgs, string])[] = [
    [{ packages: ["nowhere"] }, "bundle.packages names nowhere, which is not installed"],
    [{ files: ["nowhere.txt"] }, "bundle.files names nowhere.txt, which does not exist"],
    [{ files: [".."] }, "bundle.files names .., which is outside the program's folder"],
  ];
  for (const [args, reason] of refused) {
    it(`reject what cannot be copied: ${reason}`, async () => {
      const files = { "a.ts": "export const handler = () => 1;" };
      expect(await failure(files, "a.ts", args)).to.include(reason);
    });
  }

  it("are part of what makes a bundle another", async () => {
    await inProject({ "a.ts": "export const handler = () => 1;", "b.txt": "b" }, async () => {
      const plain = bundleHandler("a.ts");
      expect(bundleHandler("a.ts", {})).to.equal(plain);
      const other = bundleHandler("a.ts", { files: ["b.txt"] });
      expect(other).not.to.equal(plain);
      await Promise.all([plain.code, other.code]);
    });
  });
});

describe("the advice of a handler that does not compile", () => {
  it("names the package whose native code has to be copied", async () => {
    const files = {
      "a.ts": `import "addon"; export const handler = () => 1;`,
      ...installed("addon", {}, { "index.js": `require("./build/addon.node");` }),
      "node_modules/addon/build/addon.node": "\0",
    };
    expect(await failure(files, "a.ts")).to.include('bundle: { packages: ["addon"] }');
  });

  it("names the extension for which a loader is missing", async () => {
    const files = { "a.ts": `import "./a.html"; export const handler = () => 1;`, "a.html": "" };
    expect(await failure(files, "a.ts")).to.include('bundle: { loaders: { ".html": "text" } }');
  });

  it("names the package that a layer may have", async () => {
    const files = { "a.ts": `import "@img/native/x"; export const handler = () => 1;` };
    const message = await failure(files, "a.ts");
    expect(message).to.include("npm install @img/native;");
    expect(message).to.include('bundle: { external: ["@img/native"] }');
  });
});

function texts(
  files: Readonly<Record<string, string>>,
  entry: string,
  args: BundleArgs,
  architecture?: Architecture,
): Promise<Record<string, string>> {
  return inProject(files, async () => textsOf(await bundleHandler(entry, args, architecture).code));
}

async function failure(
  files: Readonly<Record<string, string>>,
  entry: string,
  args?: BundleArgs,
): Promise<string> {
  return inProject(files, async () => {
    const error = await failureOf(bundleHandler(entry, args).code);
    return error instanceof Error ? error.message : String(error);
  });
}
