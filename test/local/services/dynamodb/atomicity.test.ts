import { expect } from "chai";
import { Definitions } from "../../../../local/services/dynamodb/definitions.ts";
import { Engine } from "../../../../local/services/dynamodb/engine.ts";
import { ItemLocks } from "../../../../local/services/dynamodb/itemLocks.ts";
import { ItemWrites } from "../../../../local/services/dynamodb/itemWrites.ts";
import { TableStreams } from "../../../../local/services/dynamodb/streams/tableStreams.ts";
import { createTableInput } from "../../../../local/services/dynamodb/tableDefinition.ts";
import { transactGet } from "../../../../local/services/dynamodb/transactions/transactGet.ts";
import { TransactWrite } from "../../../../local/services/dynamodb/transactions/transactWrite.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { indexedTable } from "../../../harness/cloud/tables.ts";

const TableName = indexedTable.name;

/** The parts of tables on an engine whose database can be made to fail or to wait. */
async function makeParts() {
  const engine = new Engine("eu-west-1");
  const locks = new ItemLocks();
  const clock = new ManualClock();
  const streams = new TableStreams({ engine, clock, region: "eu-west-1" });
  const definitions = new Definitions({ engine, locks, streams, clock });
  await definitions.create(createTableInput(indexedTable));
  const writes = new ItemWrites(engine, locks, streams);
  const transactions = new TransactWrite(engine, locks, clock, streams);
  const count = async (more: object = {}) => {
    const { Count } = await engine.run("Scan", engine.check("Scan", { TableName, ...more }));
    return Count;
  };
  return {
    engine,
    locks,
    writes,
    transactions,
    counts: async () => [
      await count(),
      ...(await Promise.all(
        indexedTable.globalSecondaryIndexes.map(({ name }) => count({ IndexName: name })),
      )),
    ],
    /** The database takes so many batches more, and then no other. */
    breakAfter(batches: number) {
      const { batch } = engine.store.db;
      let left = batches;
      engine.store.db.batch = (writes) =>
        left-- > 0 ? batch(writes) : Promise.reject(new Error("the disk is full"));
    },
  };
}

function item(id: string) {
  return { id: { S: id }, x: { S: id }, y: { S: id }, z: { S: id } };
}

describe("what one call writes", () => {
  it("is an item with its entries in indexes, or nothing", async () => {
    const { writes, counts, breakAfter } = await makeParts();
    breakAfter(1);
    await writes.write("PutItem", { TableName, Item: item("1") }).catch(() => undefined);
    expect(await counts()).to.deep.equal([1, 1, 1, 1]);
    await writes.write("PutItem", { TableName, Item: item("2") }).catch(() => undefined);
    expect(await counts()).to.deep.equal([1, 1, 1, 1]);
  });

  it("is a whole batch, or nothing", async () => {
    const { writes, counts, breakAfter } = await makeParts();
    const batch = (...ids: string[]) => ({
      RequestItems: { [TableName]: ids.map((id) => ({ PutRequest: { Item: item(id) } })) },
    });
    breakAfter(1);
    await writes.writeBatch(batch("1", "2", "3")).catch(() => undefined);
    expect(await counts()).to.deep.equal([3, 3, 3, 3]);
    await writes.writeBatch(batch("4", "5")).catch(() => undefined);
    expect(await counts()).to.deep.equal([3, 3, 3, 3]);
  });

  it("is a whole transaction, or nothing; and one that failed may be sent again", async () => {
    const { transactions, counts, breakAfter, engine } = await makeParts();
    const put = (...ids: string[]) => ({
      ClientRequestToken: ids.join(),
      TransactItems: ids.map((id) => ({ Put: { TableName, Item: item(id) } })),
    });
    const { batch } = engine.store.db;
    breakAfter(1);
    await transactions.write(put("1", "2")).catch(() => undefined);
    expect(await counts()).to.deep.equal([2, 2, 2, 2]);
    await transactions.write(put("3", "4")).catch(() => undefined);
    expect(await counts()).to.deep.equal([2, 2, 2, 2]);
    engine.store.db.batch = batch;
    await transactions.write(put("3", "4"));
    expect(await counts()).to.deep.equal([4, 4, 4, 4]);
  });
});

describe("what one transaction reads", () => {
  it("is the items of one moment, though a write is asked for between its reads", async () => {
    const { engine, locks, transactions } = await makeParts();
    const version = (value: string) => ({
      TransactItems: ["a", "b"].map((id) => ({
        Put: { TableName, Item: { id: { S: id }, value: { S: value } } },
      })),
    });
    await transactions.write(version("old"));
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    delayOneRead(engine, released);
    const gets = ["a", "b"].map((id) => ({ Get: { TableName, Key: { id: { S: id } } } }));
    const reading = transactGet(engine, locks, { TransactItems: gets });
    const writing = transactions.write(version("new"));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    release();
    const { Responses } = await reading;
    await writing;
    const values = Array.isArray(Responses) ? Responses.map(({ Item }) => Item.value.S) : [];
    expect(values).to.deep.equal(["old", "old"]);
  });

  /** Lets the first read of an item wait. */
  function delayOneRead(engine: Engine, released: Promise<void>): void {
    const { getItemDb } = engine.store;
    engine.store.getItemDb = (table) => {
      const database = getItemDb(table);
      engine.store.getItemDb = getItemDb;
      return {
        ...database,
        get: (key, callback) => {
          released.then(() => database.get(key, callback), callback);
        },
      };
    };
  }
});
