import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openStore, transaction } from "../../local/store.ts";

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
        `The data directory "${directory}" cannot be opened; is another local run using it?`,
      );
      first.close();
      openStore(directory).close();
    });

    it("loses nothing that was accepted before a kill -9", async () => {
      const writer = `
        import { openStore } from ${JSON.stringify(import.meta.resolve("../../local/store.ts"))};
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
