import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { makeTemporaryFolder } from "../../../../local/services/lambda/temporaryFolder.ts";

describe("the temporary folder of a run", () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), "temporary-"));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it("is empty, and names its process", () => {
    const folder = makeTemporaryFolder(parent);
    expect(readdirSync(folder)).to.deep.equal([]);
    expect(path.basename(folder)).to.match(new RegExp(`^fanout-functions-${process.pid}-\\w{6}$`));
  });

  it("takes the place of those of runs that were killed, and of no other", () => {
    const { pid: ended } = spawnSync(process.execPath, ["--version"]);
    const killed = path.join(parent, `fanout-functions-${ended}-abc123`);
    mkdirSync(path.join(killed, "mail-1"), { recursive: true });
    writeFileSync(path.join(killed, "mail-1", "index.mjs"), "");
    const others = [`fanout-functions-${process.pid}-abc123`, `other-${ended}-abc123`];
    for (const name of others) mkdirSync(path.join(parent, name));
    const own = path.basename(makeTemporaryFolder(parent));
    expect(existsSync(killed)).to.equal(false);
    expect(readdirSync(parent)).to.have.members([...others, own]);
  });
});
