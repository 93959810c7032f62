import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openStore, transaction } from "../../../local/storage/store.ts";

describe("the store", () => {
  function rows(store: ReturnType<typeof openStore>): unknown[] {
    return store
      .prepare("SELECT value FROM t ORDER BY value")
      .all()
      .map(({ value }) => value);
  }

  describe("in a transaction", () => {
    function makeTable() {
      const store = openStore();
      store.exec("CREATE TABLE t (value INTEGER)");
      const insert = store.prepare("INSERT INTO t VALUES (?)");
      return { store, add: (value: number) => insert.run(value) };
    }

    it("keeps all writes, and gives what the work gives", () => {
      const { store, add } = makeTable();
      const result = transaction(store, () => {
        add(1);
        add(2);
        return "done";
      });
      expect(result).to.equal("done");
      expect(rows(store)).to.deep.equal([1, 2]);
      expect(store.isTransaction).to.equal(false);
    });

    it("keeps none when the work throws", () => {
      const { store, add } = makeTable();
      const work = () => {
        add(1);
        throw new Error("broken");
      };
      expect(() => transaction(store, work)).to.throw("broken");
      expect(rows(store)).to.deep.equal([]);
      expect(store.isTransaction).to.equal(false);
    });

    it("undoes an inner transaction alone, and with the outer one all", () => {
      const { store, add } = makeTable();
      const fail = (value: number) => () => {
        add(value);
        throw new Error("broken");
      };
      transaction(store, () => {
        add(1);
        expect(() => transaction(store, fail(2))).to.throw("broken");
        transaction(store, () => add(3));
      });
      expect(rows(store)).to.deep.equal([1, 3]);
      const outer = () => {
        transaction(store, () => add(4));
        throw new Error("outer");
      };
      expect(() => transaction(store, outer)).to.throw("outer");
      expect(rows(store)).to.deep.equal([1, 3]);
    });
  });

  describe("in a directory", () => {
    let directory = "";

    beforeEach(() => {
      directory = join(mkdtempSync(join(tmpdir(), "store-")), "not", "yet", "there");
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    it("is there again when it is opened again", () => {
      const first = openStore(directory);
      first.exec("CREATE TABLE t (value INTEGER); INSERT INTO t VALUES (7)");
      first.close();
      const second = openStore(directory);
      expect(rows(second)).to.deep.equal([7]);
      second.close();
    });

    it("belongs to one process, and says so to the next", () => {
      const first = openStore(directory);
      expect(() => openStore(directory)).to.throw(
        `The data directory "${directory}" cannot be opened: another local run is using it; stop that one, or choose another directory.`,
      );
      first.close();
      openStore(directory).close();
    });

    it("may have a file without contents, as a run that was killed at its start leaves it", () => {
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, "cloud.db"), "");
      const store = openStore(directory);
      store.exec("CREATE TABLE t (value INTEGER)");
      expect(rows(store)).to.deep.equal([]);
      store.close();
    });

    it("refuses a file that is damaged or no database, and leaves it as it is", () => {
      mkdirSync(directory, { recursive: true });
      const file = join(directory, "cloud.db");
      writeFileSync(file, "not a database, but text that is long enough ".repeat(100));
      const before = readFileSync(file);
      expect(() => openStore(directory)).to.throw(
        `The data directory "${directory}" cannot be opened: its file cloud.db is damaged, or is no database; put back a copy of the directory, or choose another one.`,
      );
      expect(readFileSync(file).equals(before)).to.equal(true);
    });

    it("refuses a directory that is a file, or lies in one", () => {
      const file = join(tmpdir(), `file-${process.pid}`);
      writeFileSync(file, "");
      for (const name of [file, join(file, "below")]) {
        expect(() => openStore(name)).to.throw(
          `The data directory "${name}" cannot be created: there is a file of that name, or of one of its folders' names; choose another directory.`,
        );
      }
      rmSync(file);
    });

    it("keeps its error when SQLite has undone the work by itself", () => {
      const store = openStore(directory);
      store.exec("CREATE TABLE t (value BLOB); PRAGMA max_page_count = 10");
      const insert = store.prepare("INSERT INTO t VALUES (zeroblob(1000000))");
      expect(() => transaction(store, () => insert.run())).to.throw("database or disk is full");
      expect(store.isTransaction).to.equal(false);
      store.close();
    });

    it("loses nothing that was accepted before a kill -9", async () => {
      const writer = `
        import { openStore } from ${JSON.stringify(import.meta.resolve("../../../local/storage/store.ts"))};
        const store = openStore(${JSON.stringify(directory)});
        store.exec("CREATE TABLE t (value INTEGER)");
        const insert = store.prepare("INSERT INTO t VALUES (?)");
        for (let value = 1; value <= 100; value++) insert.run(value);
        process.stdout.write("accepted");
        setInterval(() => {}, 60_000);`;
      const child = spawn(process.execPath, ["--input-type=module", "--eval", writer]);
      await once(child.stdout, "data");
      child.kill("SIGKILL");
      await once(child, "exit");
      const store = openStore(directory);
      expect(rows(store)).to.have.length(100);
      store.close();
    });
  });
});
