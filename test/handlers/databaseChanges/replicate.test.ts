import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { queueEvent } from "../../harness/handlers/records.ts";

type Change = { operation: string; version: unknown; row?: object };

const life: readonly Change[] = [
  { operation: "insert", version: 1, row: { city: "London" } },
  { operation: "update", version: 2, row: { city: "Paris" } },
  { operation: "delete", version: 3 },
  { operation: "update", version: 2, row: { city: "Paris" } },
];

describe("replicate", () => {
  const database = useDatabase({ replica: "rowKey" });
  useEnvironment(() => ({
    REPLICA_TABLE: "replica",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;
  before(async () => {
    ({ handler } = await import("../../../handlers/databaseChanges/replicate.ts"));
  });

  const body = (change: Change) => JSON.stringify({ table: "customers", key: "ada", ...change });

  /** What the log says of each change, handled one after another. */
  async function replicate(...changes: readonly Change[]): Promise<unknown[]> {
    const outcomes: unknown[] = [];
    for (const change of changes) {
      const event = queueEvent({ body: body(change) });
      const { result, log } = await runHandler(handler, event);
      expect(result).to.deep.equal({ batchItemFailures: [] });
      outcomes.push(...log.map(({ outcome }) => outcome));
    }
    return outcomes;
  }

  for (const order of permutations(life)) {
    const versions = order.map(({ operation, version }) => `${operation} ${version}`).join(", ");
    it(`leaves the row deleted after ${versions}`, async () => {
      await replicate(...order);
      const [row, ...others] = await database().all("replica");
      expect(others).to.deep.equal([]);
      expect(row).to.include({ rowKey: "customers/ada", version: 3, deleted: true });
      expect(row).not.to.have.property("row");
      expect(row?.expiration)
        .to.be.a("number")
        .above(Date.now() / 1000);
    });
  }

  it("says which changes counted", async () => {
    expect(await replicate(...life)).to.deep.equal([
      "replicated",
      "replicated",
      "replicated",
      "unchanged",
    ]);
  });

  it("keeps the first of two changes with one version", async () => {
    const first = { operation: "insert", version: 1, row: { city: "London" } };
    const other = { operation: "insert", version: 1, row: { city: "Rome" } };
    expect(await replicate(first, first, other)).to.deep.equal([
      "replicated",
      "unchanged",
      "unchanged",
    ]);
    expect(await database().all("replica")).to.deep.equal([
      { rowKey: "customers/ada", version: 1, row: { city: "London" } },
    ]);
  });

  it("brings a row back that was inserted after its deletion", async () => {
    await replicate(...life, { operation: "insert", version: 4, row: { city: "Rome" } });
    expect(await database().all("replica")).to.deep.equal([
      { rowKey: "customers/ada", version: 4, row: { city: "Rome" } },
    ]);
  });

  for (const [what, change] of [
    ["without a version", { operation: "delete", version: undefined }],
    ["of a version that is no whole number", { operation: "delete", version: 1.5 }],
    ["that writes no row", { operation: "update", version: 1 }],
    ["of an unknown kind", { operation: "truncate", version: 1 }],
  ] as const) {
    it(`reports a change ${what} as failed, and writes nothing`, async () => {
      const event = queueEvent({ body: body(change), messageId: "m-1" });
      const { result, log } = await runHandler(handler, event);
      expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
      expect(log[0]).to.include({ permanent: true });
      expect(await database().all("replica")).to.deep.equal([]);
    });
  }
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
