import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { archiveFiles } from "../../../local/provider/archiveFiles.ts";
import { failureOf } from "../../harness/assertions/failure.ts";

const { AssetArchive, FileArchive, FileAsset, RemoteAsset, StringAsset } = pulumi.asset;

describe("the files of an archive", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-archive-"));
    mkdirSync(path.join(folder, "code/lib/.hidden"), { recursive: true });
    writeFileSync(path.join(folder, "code/index.mjs"), "index");
    writeFileSync(path.join(folder, "code/lib/a.bin"), Buffer.from([0, 255]));
    writeFileSync(path.join(folder, "code/lib/.hidden/b"), "hidden");
    writeFileSync(path.join(folder, "code.zip"), "PK");
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = async (archive: unknown) => {
    const files = await archiveFiles(archive, folder);
    return Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("latin1")]),
    );
  };

  const ofFolder = { "index.mjs": "index", "lib/a.bin": "\0\xff", "lib/.hidden/b": "hidden" };

  it("are all files of a folder, seen from the program's folder", async () => {
    expect(await read(new FileArchive("./code"))).to.deep.equal(ofFolder);
    expect(await read(new FileArchive(path.join(folder, "code")))).to.deep.equal(ofFolder);
  });

  it("are the files, texts and archives of a map, archives below their name", async () => {
    const archive = new AssetArchive({
      "a.txt": new StringAsset("text"),
      "x/index.mjs": new FileAsset("code/index.mjs"),
      inner: new AssetArchive({ deep: new FileArchive("code") }),
    });
    expect(await read(archive)).to.deep.equal({
      "a.txt": "text",
      "x/index.mjs": "index",
      ...Object.fromEntries(
        Object.entries(ofFolder).map(([name, text]) => [`inner/deep/${name}`, text]),
      ),
    });
  });

  it("are not read from what is packed, has to be fetched, or is no archive", async () => {
    const cases = [
      [new FileArchive("code.zip"), /code\.zip is a packed archive/],
      [new AssetArchive({ a: new RemoteAsset("https://example.com/a") }), /^code: a is neither/],
      [new pulumi.asset.RemoteArchive("https://example.com/a.zip"), /FileArchive/],
      ["code", /FileArchive/],
    ] as const;
    for (const [archive, pattern] of cases) {
      expect((await failureOf(read(archive))).message).to.match(pattern);
    }
  });

  it("are not read from a folder that does not exist", async () => {
    const error = await failureOf(read(new FileArchive("nowhere")));
    expect(error.message).to.include(path.join(folder, "nowhere"));
  });
});
