import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { samplePicture } from "../../systems/uploads/samplePicture.ts";
import { countsOf, itemsIn, keysIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `n-${String(index).padStart(3, "0")}`);

describe("with chaos, where standard queues deliver out of order and some messages twice", () => {
  let test: RunningSystems;
  before(async () => {
    test = await startSystems(["orders", "uploads"], { chaos: true });
  });
  after(() => test.cloud.close());

  const output = (system: string, name: string) => textOutput(test.system(system), name);

  /** Waits until everything has been dealt with, and what comes twice has come twice. */
  async function finish(system: string): Promise<void> {
    await test.cloud.settled();
    for (let minute = 0; minute < 30; minute++) await test.cloud.clock.advance(60_000);
    for (const consumer of Object.values(test.system(system).consumers)) {
      for (const url of [consumer.queueUrl, consumer.deadLetterQueueUrl]) {
        expect(await countsOf(test, url), url).to.deep.equal({ visible: 0, inFlight: 0 });
      }
    }
  }

  it("uploads end in every sink, each once, and the last state of a file counts", async () => {
    const bucket = output("uploads", "bucket");
    const keys = names(120);
    const [removed = "", ...kept] = keys;
    const put = (key: string, body: string | Buffer) =>
      test.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    for (const key of keys) await put(key, "first");
    for (const key of keys) await put(key, `second of ${key}`);
    await put("picture.png", samplePicture(20, 20));
    await test.clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: removed }));
    await finish("uploads");

    const hops = test.cloud.hops();
    const queued = hops.filter(({ kind }) => kind === "queued").length;
    const received = hops.filter(({ kind }) => kind === "received").length;
    expect(received).to.be.greaterThan(queued);

    const items = await itemsIn(test, output("uploads", "catalogTable"));
    const sizes = Object.fromEntries(items.map(({ key, size }) => [key, size]));
    const { "picture.png": picture, ...files } = sizes;
    expect(picture).to.be.a("number");
    expect(files).to.deep.equal(
      Object.fromEntries(kept.map((key) => [key, `second of ${key}`.length])),
    );
    const results = await keysIn(test, output("uploads", "thumbnails"));
    const records = results.filter((key) => key.startsWith("audit/"));
    expect(records).to.have.lengthOf(2 * keys.length + 2);
    expect(results.filter((key) => !key.startsWith("audit/"))).to.deep.equal(["picture.png"]);
  });

  it("orders keep their order and take effect once: FIFO queues are not affected", async () => {
    const ids = names(20);
    for (const event of ["placed", "paid"]) {
      for (const orderId of ids) {
        const order = {
          orderId,
          customer: { email: "ada@example.com" },
          items: [{ sku: "chair", quantity: 2, unitPrice: 10 }],
          event,
        };
        await test.clients.sns.send(
          new PublishCommand({
            TopicArn: test.system("orders").topicArn,
            MessageGroupId: orderId,
            Message: JSON.stringify(order),
          }),
        );
      }
    }
    await finish("orders");
    const stock = await itemsIn(test, output("orders", "inventoryTable"));
    expect(stock.find(({ sku }) => sku === "chair")).to.include({ stock: 1000 - 2 * ids.length });
    expect(await keysIn(test, output("orders", "invoices"))).to.deep.equal(
      ids.map((id) => `invoices/${id}.json`),
    );
    expect(test.cloud.sent()).to.have.lengthOf(2 * ids.length);
  });
});
