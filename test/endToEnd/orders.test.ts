import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { bodiesIn, countsOf, itemsIn, keysIn, textIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const customer = { email: "ada@example.com" };

describe("orders, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems(["orders"]);
  });
  afterEach(() => test.cloud.close());

  async function publish(groupId: string, message: unknown): Promise<void> {
    await test.clients.sns.send(
      new PublishCommand({
        TopicArn: test.system("orders").topicArn,
        MessageGroupId: groupId,
        Message: JSON.stringify(message),
      }),
    );
  }

  const event = (orderId: string, name: string, quantity = 1) => ({
    orderId,
    customer,
    items: [{ sku: "chair", quantity, unitPrice: 10 }],
    event: name,
  });

  async function stock(): Promise<Record<string, unknown>> {
    const items = await itemsIn(test, textOutput(test.system("orders"), "inventoryTable"));
    return Object.fromEntries(items.map(({ sku, stock: pieces }) => [sku, pieces]));
  }

  const mails = () => test.cloud.sent().map(({ to, subject }) => [...to, subject]);

  it("start with a thousand of each article", async () => {
    expect(await stock()).to.deep.equal({ chair: 1000, desk: 1000, lamp: 1000 });
  });

  it("go through their events in order, in every sink", async () => {
    await publish("o-1", event("o-1", "placed", 3));
    await publish("o-1", event("o-1", "paid", 3));
    await test.cloud.settled();
    expect(await stock()).to.include({ chair: 997 });
    const invoices = textOutput(test.system("orders"), "invoices");
    expect(await keysIn(test, invoices)).to.deep.equal(["invoices/o-1.json"]);
    expect(JSON.parse(await textIn(test, invoices, "invoices/o-1.json"))).to.include({
      orderId: "o-1",
      total: 30,
      status: "paid",
    });
    expect(mails()).to.have.lengthOf(2);
  });

  it("have their effect once, however often they are published", async () => {
    for (let time = 0; time < 3; time++) {
      await publish("o-1", event("o-1", "placed"));
      await test.cloud.settled();
      // Past the topic's window of five minutes, so that it does not hold the duplicate back.
      await test.cloud.clock.advance(301_000);
    }
    expect(await stock()).to.include({ chair: 999 });
    expect(mails()).to.have.lengthOf(1);
  });

  it("release the stock when they are cancelled, and never reserve more than there is", async () => {
    await publish("o-1", event("o-1", "placed", 600));
    // There is no order between groups.
    await test.cloud.settled();
    await publish("o-2", event("o-2", "placed", 600));
    await test.cloud.settled();
    expect(await stock()).to.include({ chair: 400 });
    await publish("o-1", event("o-1", "cancelled", 600));
    await test.cloud.settled();
    expect(await stock()).to.include({ chair: 1000 });
  });

  it("that are invalid fail alone: only their group waits, and each consumer's dead-letter queue keeps them", async () => {
    await publish("o-1", { orderId: "o-1", items: "many" });
    await publish("o-1", event("o-1", "placed"));
    await publish("o-2", event("o-2", "placed"));
    await test.cloud.settled();
    expect(await stock()).to.include({ chair: 999 });
    const { inventory, billing, notification } = test.system("orders").consumers;
    expect(await countsOf(test, inventory?.deadLetterQueueUrl)).to.deep.equal({
      visible: 0,
      inFlight: 0,
    });

    await test.cloud.clock.advance(5 * 60_000);
    for (const consumer of [inventory, billing, notification]) {
      expect(await bodiesIn(test, consumer?.deadLetterQueueUrl)).to.deep.equal([
        '{"orderId":"o-1","items":"many"}',
      ]);
      expect(await countsOf(test, consumer?.queueUrl)).to.deep.equal({ visible: 0, inFlight: 0 });
    }
    expect(await stock()).to.include({ chair: 998 });
  });

  it("are exact and in order for two hundred events in fifty groups", async () => {
    const groups = Array.from({ length: 50 }, (_, index) => `o-${index}`);
    for (const name of ["placed", "paid"]) {
      for (const group of groups) {
        for (let copy = 0; copy < 2; copy++) {
          await publish(group, { ...event(`${group}-${copy}`, name) });
        }
      }
    }
    await test.cloud.settled();
    expect(await stock()).to.include({ chair: 900 });
    const invoices = textOutput(test.system("orders"), "invoices");
    const keys = await keysIn(test, invoices);
    expect(keys).to.have.lengthOf(100);
    for (const key of keys) {
      expect(JSON.parse(await textIn(test, invoices, key)), key).to.include({ status: "paid" });
    }
    expect(mails()).to.have.lengthOf(200);
    for (const consumer of Object.values(test.system("orders").consumers)) {
      expect(await countsOf(test, consumer.queueUrl)).to.deep.equal({ visible: 0, inFlight: 0 });
      expect(await countsOf(test, consumer.deadLetterQueueUrl)).to.deep.equal({
        visible: 0,
        inFlight: 0,
      });
    }
  });
});
