import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { readArchive, readAsset } from "../../../local/provider/assets/readAssets.ts";
import { unzip, zip } from "../../../local/provider/assets/zip.ts";
import type { Archive, Asset } from "../../../local/pulumi/values/propertyValue.ts";
import { failureOf } from "../../harness/assertions/failure.ts";

describe("assets and archives", () => {
  let directory: string;
  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "assets-"));
    mkdirSync(path.join(directory, "app/lib"), { recursive: true });
    writeFileSync(path.join(directory, "app/index.js"), "index");
    writeFileSync(path.join(directory, "app/lib/one.js"), "one");
    writeFileSync(path.join(directory, "app.zip"), await zip({ "index.js": "zipped" }));
    writeFileSync(path.join(directory, "app.tar.gz"), "");
  });
  after(() => rmSync(directory, { recursive: true }));

  async function contents(archive: Archive) {
    const files = Object.entries(await readArchive(archive, directory));
    return Object.fromEntries(files.map(([name, content]) => [name, content.toString()]));
  }

  for (const [what, archive, expected] of [
    [
      "a folder with all that is below it",
      { kind: "fileArchive", path: "app" },
      { "index.js": "index", "lib/one.js": "one" },
    ],
    ["a zip file", { kind: "fileArchive", path: "./app.zip" }, { "index.js": "zipped" }],
    [
      "assets by their paths, with archives among them",
      {
        kind: "assetArchive",
        assets: {
          "text.js": { kind: "textAsset", text: "text" },
          "./file.js": { kind: "fileAsset", path: "app/index.js" },
          node_modules: { kind: "fileArchive", path: "app" },
        },
      },
      {
        "text.js": "text",
        "file.js": "index",
        "node_modules/index.js": "index",
        "node_modules/lib/one.js": "one",
      },
    ],
  ] as const) {
    it(`reads ${what}`, async () => {
      expect(await contents(archive)).to.deep.equal(expected);
    });
  }

  it("makes the same zip file of the same files, whenever it is", async () => {
    const folder: Asset | Archive = { kind: "fileArchive", path: "app" };
    const [one, two] = await Promise.all([1, 2].map(() => readAsset(folder, directory)));
    expect(one).to.deep.equal(two);
    const files = await unzip(one ?? Buffer.of(), "app");
    expect(Object.keys(files)).to.deep.equal(["index.js", "lib/one.js"]);
  });

  for (const [what, archive, message] of [
    ["a folder that is not there", { kind: "fileArchive", path: "none" }, /^cannot read .*none: /],
    ["a tar file", { kind: "fileArchive", path: "app.tar.gz" }, /is a tar file, which/],
    [
      "a file that is no zip file",
      { kind: "fileArchive", path: "app/index.js" },
      /index\.js is no zip file: /,
    ],
    [
      "an address",
      { kind: "remoteArchive", uri: "https://example.com/app.zip" },
      /^expected an archive, got an asset of the kind remoteArchive/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect((await failureOf(readArchive(archive, directory))).message).to.match(message);
    });
  }
});
