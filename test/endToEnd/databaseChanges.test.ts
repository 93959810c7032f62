import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "database-changes";

const change = (operation: string, version: number, city?: string) => ({
  message: { table: "customers", key: "ada", operation, version, ...(city && { row: { city } }) },
});

describe("database changes, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  /** What both replicas have, which must be the same. */
  async function replica(): Promise<Record<string, unknown>[]> {
    const outputs = test.system(system);
    const search = await itemsIn(test, textOutput(outputs, "searchTable"));
    const reporting = await itemsIn(test, textOutput(outputs, "reportingTable"));
    expect(reporting.map(({ expiration: _, ...item }) => item)).to.deep.equal(
      search.map(({ expiration: _, ...item }) => item),
    );
    return search;
  }

  it("are in both replicas", async () => {
    await publishTo(test, system, change("insert", 1, "London"));
    await test.cloud.settled();
    expect(await replica()).to.deep.equal([
      { rowKey: "customers/ada", version: 1, row: { city: "London" } },
    ]);
  });

  it("leave the last version, in whatever order they arrive", async () => {
    for (const each of [
      change("update", 3, "Rome"),
      change("insert", 1, "London"),
      change("update", 2, "Paris"),
      change("update", 3, "Rome"),
    ]) {
      await publishTo(test, system, each);
      await test.cloud.settled();
    }
    const [row] = await replica();
    expect(row).to.deep.include({ version: 3, row: { city: "Rome" } });
  });

  it("that are older than a delete cannot restore the row; a newer insert can", async () => {
    await publishTo(test, system, change("insert", 1, "London"));
    await test.cloud.settled();
    await publishTo(test, system, change("delete", 3));
    await test.cloud.settled();
    await publishTo(test, system, change("update", 2, "Paris"));
    await test.cloud.settled();
    const [tombstone] = await replica();
    expect(tombstone).to.include({ version: 3, deleted: true });
    expect(tombstone).not.to.have.property("row");

    await publishTo(test, system, change("insert", 4, "Rome"));
    await test.cloud.settled();
    expect(await replica()).to.deep.equal([
      { rowKey: "customers/ada", version: 4, row: { city: "Rome" } },
    ]);
  });
});
