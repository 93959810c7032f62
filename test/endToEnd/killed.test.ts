import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { killAfter } from "../harness/processes/killed.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";
import { countsOf, itemsIn, keysIn } from "../harness/runs/sinks.ts";

const killedRun = path.join(import.meta.dirname, "../harness/processes/killedRun.ts");

describe("a local run with a data directory that is killed at any moment", () => {
  let directory: string;
  let test: TestRun;

  /** How many orders and files each killed run has had accepted. */
  const accepted = new Map<string, number>();

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "killed-"));
    for (const [name, count] of [
      ["starting", 0],
      ["first", 3],
      ["working", 25],
    ] as const) {
      accepted.set(name, await killAfter(count, killedRun, directory, name));
    }
    test = await startTestRun(["orders", "uploads"], {
      dataDirectory: directory,
      startTime: Date.now(),
    });
    await test.settle();
    // What was in flight comes again after its visibility timeout.
    for (let minute = 0; minute < 60; minute++) await test.clock.advance(60_000);
  });
  after(async () => {
    await test.close();
    rmSync(directory, { recursive: true });
  });

  const output = (system: string, name: string) => textOutput(test.system(system), name);

  /** What has to be in a sink, at least: what was accepted last may not have been told any more. */
  function expectAllAccepted(ids: readonly string[]): void {
    for (const [name, count] of accepted) {
      const numbers = ids
        .filter((id) => id.startsWith(`${name}-`))
        .map((id) => Number(id.slice(name.length + 1)));
      expect(numbers, name).to.include.members(Array.from({ length: count }, (_, i) => i + 1));
      expect(numbers.length, name).to.be.within(count, count + 1);
    }
  }

  it("has accepted enough to lose something", () => {
    expect(accepted.get("starting")).to.equal(0);
    expect(accepted.get("first")).to.be.at.least(3);
    expect(accepted.get("working")).to.be.at.least(25);
  });

  it("has each accepted order invoiced, and reserved once", async () => {
    const keys = await keysIn(test, output("orders", "invoices"));
    expectAllAccepted(keys.map((key) => path.basename(key, ".json")));
    const items = await itemsIn(test, output("orders", "inventoryTable"));
    expect(items.find(({ sku }) => sku === "chair")).to.include({ stock: 1000 - keys.length });
  });

  it("has mailed each customer, or keeps the order in the dead-letter queue", async () => {
    const { notification } = test.system("orders").consumers;
    const told = test.run.cloud.outbox.list().map(({ to: [address = ""] }) => address);
    const { queues } = test.run.cloud;
    const [deadLetterQueue] = queues
      .list()
      .filter(({ url }) => url === notification?.deadLetterQueueUrl);
    if (deadLetterQueue === undefined)
      throw new Error("the dead-letter queue's URL is of no queue");
    const kept = queues
      .peek(deadLetterQueue.arn, 1000)
      .map(({ body }) => JSON.parse(body).customer.email);
    expectAllAccepted([...new Set([...told, ...kept])].map((address) => address.split("@")[0]));
  });

  it("has each accepted file in the catalog and in the audit trail", async () => {
    const items = await itemsIn(test, output("uploads", "catalogTable"));
    expectAllAccepted(items.map(({ key }) => String(key)));
    const records = await keysIn(test, output("uploads", "thumbnails"), "audit/");
    expect(records).to.have.lengthOf(items.length);
  });

  it("leaves nothing behind in a queue", async () => {
    for (const system of ["orders", "uploads"]) {
      for (const consumer of Object.values(test.system(system).consumers)) {
        const counts = await countsOf(test, consumer.queueUrl);
        expect(counts, consumer.queueUrl).to.deep.equal({ visible: 0, inFlight: 0 });
      }
    }
  });
});
