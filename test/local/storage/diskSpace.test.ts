import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { DiskSpace } from "../../../local/storage/diskSpace.ts";
import { openStore } from "../../../local/storage/store.ts";

const mebibyte = 2 ** 20;

describe("a data directory's disk", () => {
  let store: DatabaseSync;
  let free: number;
  let time: number;
  let said: string[];
  let disk: DiskSpace;

  beforeEach(() => {
    store = openStore();
    free = 100 * mebibyte;
    time = 0;
    said = [];
    disk = open();
  });
  afterEach(() => {
    disk.close();
    store.close();
  });

  const open = () =>
    new DiskSpace({
      ...{ store, directory: "data", path: "data", purpose: "data directory" },
      reserved: 4 * mebibyte,
      free: () => free,
      now: () => time,
      onChange: (message) => said.push(message),
    });

  function refusesLater(): boolean {
    time += 5;
    return disk.refuses();
  }

  /** Pages of the database that can be written without more of the disk, in bytes. */
  function unused(): number {
    const [pages, size] = ["freelist_count", "page_size"].map((name) => {
      return Number(Object.values(store.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
    });
    return (pages ?? 0) * (size ?? 0);
  }

  it("has room until less than 16 MiB are left", () => {
    free = 16 * mebibyte;
    expect(refusesLater()).to.equal(false);
    free -= 1;
    expect(refusesLater()).to.equal(true);
    expect(disk.refusal()).to.include({
      code: "ServiceUnavailable",
      status: 503,
      message:
        'The disk of the data directory "data" has less than 16 MiB left: nothing new is accepted until there is room.',
    });
  });

  it("is looked at once in five milliseconds", () => {
    expect(disk.refuses()).to.equal(false);
    free = 0;
    time += 4;
    expect(disk.refuses()).to.equal(false);
    time += 1;
    expect(disk.refuses()).to.equal(true);
  });

  it("gives 4 MiB of the database back to it when it is low, and takes them when there is room", () => {
    expect(unused()).to.equal(0);
    free = 0;
    refusesLater();
    expect(unused()).to.be.at.least(4 * mebibyte);
    free = 100 * mebibyte;
    refusesLater();
    expect(unused()).to.equal(0);
  });

  it("is said once to be low, and once to have room", () => {
    for (const mebibytes of [100, 5, 4, 0, 50, 60]) {
      free = mebibytes * mebibyte;
      refusesLater();
    }
    expect(said).to.deep.equal([
      'The disk of the data directory "data" has less than 16 MiB left: nothing new is accepted until there is room.',
      'The disk of the data directory "data" has room again: everything is accepted.',
    ]);
  });

  it("refuses everything new, for good, once the database was removed", async () => {
    const directory = await mkdtemp(join(tmpdir(), "fanout-disk-"));
    const database = join(directory, "cloud.db");
    await writeFile(database, "");
    const watched = new DiskSpace({
      ...{ store, directory, path: database, purpose: "data directory", reserved: 0 },
      now: () => time,
      onChange: (message) => said.push(message),
    });
    const refuses = () => {
      time += 5;
      return watched.refuses();
    };
    expect(refuses()).to.equal(false);
    await rm(directory, { recursive: true });
    expect(refuses()).to.equal(true);
    await mkdir(directory);
    await writeFile(database, "");
    expect(refuses()).to.equal(true);
    const sentence = `The data in the data directory "${directory}" cannot be reached any more (ENOENT: no such file or directory, statfs '${database}'): nothing new is accepted, because it would be lost. Stop the run, and start it again.`;
    expect(said).to.deep.equal([sentence]);
    expect(watched.refusal().message).to.equal(sentence);
    watched.close();
    await rm(directory, { recursive: true });
  });

  it("is refused when it is low from the start", () => {
    free = 19 * mebibyte;
    expect(open).to.throw(
      'The disk of the data directory "data" has only 19 MiB left, and a run needs 20 MiB: free some space, or choose a directory on another disk.',
    );
  });
});
