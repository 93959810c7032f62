import type { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { DiskSpace } from "../../local/diskSpace.ts";
import { openStore } from "../../local/store.ts";

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
      ...{ store, directory: "data", purpose: "data directory", reserved: 4 * mebibyte },
      free: () => free,
      now: () => time,
      onChange: (message) => said.push(message),
    });

  function isLowLater(): boolean {
    time += 5;
    return disk.isLow();
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
    expect(isLowLater()).to.equal(false);
    free -= 1;
    expect(isLowLater()).to.equal(true);
    expect(disk.refusal()).to.include({
      code: "ServiceUnavailable",
      status: 503,
      message:
        'The disk of the data directory "data" has less than 16 MiB left: nothing new is accepted until there is room.',
    });
  });

  it("is looked at once in five milliseconds", () => {
    expect(disk.isLow()).to.equal(false);
    free = 0;
    time += 4;
    expect(disk.isLow()).to.equal(false);
    time += 1;
    expect(disk.isLow()).to.equal(true);
  });

  it("gives 4 MiB of the database back to it when it is low, and takes them when there is room", () => {
    expect(unused()).to.equal(0);
    free = 0;
    isLowLater();
    expect(unused()).to.be.at.least(4 * mebibyte);
    free = 100 * mebibyte;
    isLowLater();
    expect(unused()).to.equal(0);
  });

  it("is said once to be low, and once to have room", () => {
    for (const mebibytes of [100, 5, 4, 0, 50, 60]) {
      free = mebibytes * mebibyte;
      isLowLater();
    }
    expect(said).to.deep.equal([
      'The disk of the data directory "data" has less than 16 MiB left: nothing new is accepted until there is room.',
      'The disk of the data directory "data" has room again: everything is accepted.',
    ]);
  });

  it("is refused when it is low from the start", () => {
    free = 19 * mebibyte;
    expect(open).to.throw(
      'The disk of the data directory "data" has only 19 MiB left, and a run needs 20 MiB: free some space, or choose a directory on another disk.',
    );
  });
});
