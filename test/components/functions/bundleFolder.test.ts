import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { removeUnused, writeBundle } from "../../../components/functions/bundleFolder.ts";

const day = 24 * 60 * 60 * 1000;

describe("the folder of bundles", () => {
  let project: string;
  let bundles: string;
  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "fanout-bundles-"));
    bundles = path.join(project, ".fanout/bundles");
  });
  afterEach(() => rmSync(project, { recursive: true }));

  const files = (text: string) => ({
    "a/one.mjs": Buffer.from(text),
    "a/one.mjs.map": Buffer.from(`map of ${text}`),
  });
  const write = (text: string) => writeBundle(bundles, "one", files(text));
  const read = (folder: string) => readFileSync(path.join(folder, "a/one.mjs"), "utf8");

  it("holds a folder for each content, with exactly the files given", async () => {
    const [first, second] = [await write("x"), await write("y")];
    expect(read(first)).to.equal("x");
    expect(read(second)).to.equal("y");
    expect(readdirSync(path.join(first, "a")).sort()).to.deep.equal(["one.mjs", "one.mjs.map"]);
    expect(readdirSync(bundles).sort()).to.deep.equal(
      [first, second].map((each) => path.basename(each)).sort(),
    );
  });

  it("tells contents apart that would be one text if names and bytes ran together", async () => {
    const folders = [
      await writeBundle(bundles, "one", { ab: Buffer.from("c") }),
      await writeBundle(bundles, "one", { a: Buffer.from("bc") }),
    ];
    expect(new Set(folders).size).to.equal(2);
  });

  it("does not write a file again that is there", async () => {
    const folder = await write("x");
    const state = () => {
      const { ino, mtimeMs, ctimeMs } = statSync(path.join(folder, "a/one.mjs"));
      return { ino, mtimeMs, ctimeMs };
    };
    const before = state();
    expect(await write("x")).to.equal(folder);
    expect(state()).to.deep.equal(before);
  });

  it("is right when two programs write at once, the same and different contents", async () => {
    const texts = ["x", "y", "x", "y", "x", "z"];
    const folders = await Promise.all(texts.map(write));
    expect(folders.map(read)).to.deep.equal(texts);
    expect(readdirSync(bundles)).to.have.lengthOf(3);
  });

  it("mends a bundle whose file lost its contents", async () => {
    const folder = await write("x");
    writeFileSync(path.join(folder, "a/one.mjs"), "");
    expect(await write("x")).to.equal(folder);
    expect(read(folder)).to.equal("x");
  });

  it("loses what has not been used for a week, and nothing else", async () => {
    const [old, used, young] = [await write("old"), await write("used"), await write("young")];
    const now = Date.now();
    const setAge = (folder: string, days: number) =>
      utimesSync(folder, now / 1000, (now - days * day) / 1000);
    setAge(old, 8);
    setAge(used, 8);
    setAge(young, 6);
    await write("used");
    await removeUnused(bundles, now);
    expect([old, used, young].map((folder) => existsSync(folder))).to.deep.equal([
      false,
      true,
      true,
    ]);
  });

  it("names the folder where it cannot write", async () => {
    writeFileSync(path.join(project, ".fanout"), "a file in the way");
    const error = await write("x").then(() => undefined, String);
    expect(error).to.include(bundles);
  });
});
