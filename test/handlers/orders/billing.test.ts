import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import type { Order } from "../../../handlers/orders/order.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { ObjectStore } from "../../harness/handlers/objectStore.ts";
import { orderBody } from "../../harness/handlers/orders.ts";
import { queueEvent } from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

describe("billing", () => {
  useEnvironment(() => ({ INVOICES_BUCKET: "billing" }));

  let handler: QueueHandler;
  let calls: SdkCalls;
  let buckets: ObjectStore;

  before(async () => {
    ({ handler } = await import("../../../handlers/orders/billing.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    buckets = new ObjectStore(calls);
    calls.start();
  });

  afterEach(() => calls.stop());

  const about = (...orders: Partial<Order>[]) =>
    queueEvent(
      ...orders.map((changes) => ({
        body: orderBody(changes),
        messageId: `${changes.orderId ?? "o-1"} ${changes.event ?? "placed"}`,
        groupId: changes.orderId ?? "o-1",
      })),
    );

  async function outcomesOf(...orders: Partial<Order>[]): Promise<unknown[]> {
    const { result, log } = await runHandler(handler, about(...orders));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    return log.map(({ outcome, status }) => `${outcome} ${status}`);
  }

  const invoice = (orderId = "o-1") =>
    JSON.parse(`${buckets.get("billing", `invoices/${orderId}.json`)?.bytes}`);

  it("stores the invoice of a new order as JSON", async () => {
    expect(await outcomesOf({})).to.deep.equal(["invoiced open"]);
    expect(buckets.keys("billing")).to.deep.equal(["invoices/o-1.json"]);
    expect(buckets.get("billing", "invoices/o-1.json")?.contentType).to.equal("application/json");
    expect(invoice()).to.deep.equal({
      orderId: "o-1",
      customer: { email: "ada@example.com" },
      lines: [
        { sku: "chair", quantity: 2, unitPrice: 49.9, total: 99.8 },
        { sku: "lamp", quantity: 1, unitPrice: 19.99, total: 19.99 },
      ],
      total: 119.79,
      status: "open",
    });
  });

  it("follows the orders of a batch through their events", async () => {
    const outcomes = await outcomesOf(
      {},
      { orderId: "o-2" },
      { event: "paid" },
      { orderId: "o-2", event: "cancelled" },
    );
    expect(outcomes).to.deep.equal([
      "invoiced open",
      "invoiced open",
      "invoiced paid",
      "invoiced cancelled",
    ]);
    expect([invoice("o-1").status, invoice("o-2").status]).to.deep.equal(["paid", "cancelled"]);
  });

  it("writes nothing when an event comes again, or late", async () => {
    await outcomesOf({}, { event: "paid" });
    const outcomes = await outcomesOf({ event: "paid" }, { event: "placed" });
    expect(outcomes).to.deep.equal(["unchanged paid", "unchanged paid"]);
    expect(calls.of(PutObjectCommand)).to.have.length(2);
    expect(invoice().status).to.equal("paid");
  });

  it("does not write over what another has written since it read", async () => {
    await outcomesOf({});
    buckets.afterGet = () => buckets.put("billing", "invoices/o-1.json", "another's");
    const { result, log } = await runHandler(handler, about({ event: "paid" }));
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "o-1 paid" }] });
    expect(log[0]).to.include({ message: "failed", permanent: false });
    expect(buckets.get("billing", "invoices/o-1.json")?.bytes.toString()).to.equal("another's");
  });

  it("does not write over an invoice that was not there when it looked", async () => {
    buckets.afterGet = () => buckets.put("billing", "invoices/o-1.json", "another's");
    const { result } = await runHandler(handler, about({}));
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "o-1 placed" }] });
    expect(buckets.get("billing", "invoices/o-1.json")?.bytes.toString()).to.equal("another's");
  });

  it("fails a malformed order for good, holds its group back, and bills the others", async () => {
    const event = queueEvent(
      { body: '{"orderId":"o-1"}', messageId: "malformed", groupId: "o-1" },
      { body: orderBody({ event: "paid" }), messageId: "next", groupId: "o-1" },
      { body: orderBody({ orderId: "o-2" }), messageId: "other", groupId: "o-2" },
    );
    const { result, log } = await runHandler(handler, event);
    expect(result).to.deep.equal({
      batchItemFailures: [{ itemIdentifier: "malformed" }, { itemIdentifier: "next" }],
    });
    expect(log[0]).to.include({ message: "failed", messageId: "malformed", permanent: true });
    expect(buckets.keys("billing")).to.deep.equal(["invoices/o-2.json"]);
  });

  it("fails when the bucket cannot be read", async () => {
    calls.on(GetObjectCommand, () => {
      throw new Error("access denied");
    });
    const { result, log } = await runHandler(handler, about({}));
    expect(result.batchItemFailures).to.have.length(1);
    expect(log[0]).to.have.nested.property("error.message", "access denied");
    expect(calls.of(PutObjectCommand)).to.deep.equal([]);
  });
});
