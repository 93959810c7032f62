import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { indexedTable, makeTables, stockItem } from "../../../harness/cloud/tables.ts";
import { killAfter } from "../../../harness/processes/killed.ts";

const transactingCloud = join(
  import.meta.dirname,
  "../../../harness/processes/transactingCloud.ts",
);

describe("tables in a directory", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "tables-"));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const transaction = {
    ClientRequestToken: "token",
    TransactItems: [{ Put: { TableName: "stock", Item: stockItem("desk", 2) } }],
  };

  it("are found again as they were, with the tokens of their transactions", async () => {
    const before = await makeTables(directory);
    await before.put("chair", 5);
    await before.tables.call("TransactWriteItems", transaction);
    await before.put("desk", 3);
    const description = await before.tables.call("DescribeTable", { TableName: "stock" });
    await before.tables.close();

    const after = await makeTables(directory);
    expect(await after.tables.call("DescribeTable", { TableName: "stock" })).to.deep.equal(
      description,
    );
    expect(await after.stock("chair")).to.deep.equal(stockItem("chair", 5));
    await after.tables.call("TransactWriteItems", transaction);
    expect(await after.stock("desk")).to.deep.equal(stockItem("desk", 3));
    const other = {
      ...transaction,
      TransactItems: [
        ...transaction.TransactItems,
        { Put: { TableName: "stock", Item: stockItem("sofa", 1) } },
      ],
    };
    expect((await failureOf(after.tables.call("TransactWriteItems", other))).name).to.equal(
      "IdempotentParameterMismatchException",
    );
    await after.tables.close();
  });

  it("hold whole writes only, and every one that was accepted, when the process is killed", async () => {
    const accepted = await killAfter(50, transactingCloud, directory);
    const { tables, level } = await makeTables(directory);
    const [a, b] = [await level("a"), await level("b")];
    expect(a + b).to.equal(1_000_000);
    expect(b).to.be.within(accepted, accepted + 1);
    const count = async (more: object) => {
      const { Count } = await tables.call("Scan", { TableName: indexedTable.name, ...more });
      return Count;
    };
    const items = await count({});
    expect(items).to.be.within(accepted, b);
    for (const { name } of indexedTable.globalSecondaryIndexes) {
      expect(await count({ IndexName: name }), name).to.equal(items);
    }
    await tables.close();
  });
});
