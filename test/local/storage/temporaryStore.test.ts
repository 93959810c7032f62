import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { openTemporaryStore } from "../../../local/storage/temporaryStore.ts";

describe("a temporary store", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-test-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("leaves nothing in its folder while it is open, so that nothing is left after a kill", () => {
    const { store, directory } = openTemporaryStore(folder);
    expect(directory).to.equal(folder);
    expect(readdirSync(folder)).to.deep.equal([]);
    store.exec("CREATE TABLE items (text TEXT)");
    expect(readdirSync(folder)).to.deep.equal([]);
    store.close();
  });

  it("keeps more than fits in its memory", () => {
    const { store } = openTemporaryStore(folder);
    store.exec("CREATE TABLE items (number INTEGER PRIMARY KEY, bytes BLOB)");
    const insert = store.prepare("INSERT INTO items (bytes) VALUES (zeroblob(?))");
    for (let number = 0; number < 40; number++) insert.run(2 ** 20);
    const { count, bytes } = store
      .prepare("SELECT count(*) AS count, sum(length(bytes)) AS bytes FROM items")
      .get() ?? { count: 0, bytes: 0 };
    expect([count, bytes]).to.deep.equal([40, 40 * 2 ** 20]);
    store.close();
  });

  it("is in memory where no file can be made", () => {
    const { store, directory } = openTemporaryStore(path.join(folder, "missing"));
    expect(directory).to.equal(undefined);
    store.exec("CREATE TABLE items (text TEXT)");
    expect(store.prepare("SELECT count(*) AS count FROM items").get()).to.include({ count: 0 });
    store.close();
  });
});
