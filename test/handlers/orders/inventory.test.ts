import { GetCommand, PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import type { Order } from "../../../handlers/orders/order.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { orderBody } from "../../harness/handlers/orders.ts";
import { queueEvent } from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

describe("inventory", () => {
  const database = useDatabase({ inventory: "sku", ledger: "orderId" });
  useEnvironment(() => ({
    INVENTORY_TABLE: "inventory",
    LEDGER_TABLE: "ledger",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;
  let calls: SdkCalls;

  before(async () => {
    ({ handler } = await import("../../../handlers/orders/inventory.ts"));
  });

  beforeEach(async () => {
    for (const sku of ["chair", "desk", "lamp"])
      await database().put("inventory", { sku, stock: 10 });
    calls = new SdkCalls();
    calls.start({ othersGoThrough: true });
  });

  afterEach(() => calls.stop());

  const items = (...wanted: [sku: string, quantity: number][]): Order["items"] =>
    wanted.map(([sku, quantity]) => ({ sku, quantity, unitPrice: 1 }));

  const about = (...orders: Partial<Order>[]) =>
    queueEvent(
      ...orders.map((changes) => ({
        body: orderBody({ items: items(["chair", 2], ["lamp", 1]), ...changes }),
        groupId: changes.orderId ?? "o-1",
        messageId: `${changes.orderId ?? "o-1"} ${changes.event ?? "placed"}`,
      })),
    );

  /** What the log says of each order. */
  async function handle(...orders: Partial<Order>[]): Promise<unknown[]> {
    const { result, log } = await runHandler(handler, about(...orders));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    return log.map(({ outcome, reason }) => (reason ? `${outcome}: ${reason}` : outcome));
  }

  async function stock(): Promise<Record<string, unknown>> {
    const stored = await database().all("inventory");
    return Object.fromEntries(stored.map(({ sku, stock }) => [sku, stock]));
  }

  const full = { chair: 10, desk: 10, lamp: 10 };

  it("reserves what is placed, and writes it in the ledger", async () => {
    expect(await handle({})).to.deep.equal(["reserved"]);
    expect(await stock()).to.deep.equal({ ...full, chair: 8, lamp: 9 });
    expect(await database().all("ledger")).to.deep.equal([
      {
        orderId: "o-1",
        status: "reserved",
        items: [
          { sku: "chair", quantity: 2 },
          { sku: "lamp", quantity: 1 },
        ],
      },
    ]);
  });

  it("adds up the lines of one sku", async () => {
    await handle({ items: items(["chair", 2], ["lamp", 1], ["chair", 3]) });
    expect(await stock()).to.deep.equal({ ...full, chair: 5, lamp: 9 });
  });

  it("reserves once, however often the event comes", async () => {
    await handle({}, {});
    const again = await handle({});
    expect(again).to.deep.equal(["unchanged: the order is in the ledger"]);
    const rejections = calls.of(PutCommand).filter(({ Item }) => Item?.status === "rejected");
    expect(rejections).to.deep.equal([]);
    expect(await stock()).to.deep.equal({ ...full, chair: 8, lamp: 9 });
  });

  it("sells the last piece, and not one more", async () => {
    await handle({ items: items(["desk", 10]) });
    expect(await stock()).to.deep.equal({ ...full, desk: 0 });
    const reason = "desk: 1 wanted, 0 in stock";
    expect(await handle({ orderId: "o-2", items: items(["desk", 1]) })).to.deep.equal([
      `rejected: ${reason}`,
    ]);
    expect(await stock()).to.deep.equal({ ...full, desk: 0 });
    expect(await database().get("ledger", "o-2")).to.deep.equal({
      orderId: "o-2",
      status: "rejected",
      items: [],
      reason,
    });
  });

  it("reserves nothing of an order that it cannot reserve whole", async () => {
    const outcomes = await handle({ items: items(["chair", 1], ["desk", 11], ["sofa", 1]) });
    expect(outcomes).to.deep.equal([
      "rejected: desk: 11 wanted, 10 in stock; sofa: not in the range",
    ]);
    expect(await stock()).to.deep.equal(full);
  });

  it("keeps a rejection when the event comes again after the stock is filled up", async () => {
    await handle({ items: items(["desk", 11]) });
    await database().put("inventory", { sku: "desk", stock: 100 });
    expect(await handle({ items: items(["desk", 11]) })).to.deep.equal([
      "unchanged: the order is in the ledger",
    ]);
    expect(await stock()).to.deep.equal({ ...full, desk: 100 });
  });

  it("releases what the ledger holds, not what the event says", async () => {
    await handle({});
    const cancelled = { event: "cancelled", items: items(["chair", 9], ["desk", 9]) } as const;
    expect(await handle(cancelled)).to.deep.equal(["given back"]);
    expect(await stock()).to.deep.equal(full);
    expect(await database().get("ledger", "o-1")).to.include({ status: "cancelled" });
  });

  it("releases once, however often the event is delivered", async () => {
    await handle({}, { event: "cancelled" }, { event: "cancelled" });
    expect(await handle({ event: "cancelled" })).to.deep.equal([
      "unchanged: the order is cancelled",
    ]);
    expect(await stock()).to.deep.equal(full);
  });

  it("releases nothing of an order that was rejected", async () => {
    await handle({ items: items(["desk", 11]) });
    expect(await handle({ event: "cancelled" })).to.deep.equal([
      "unchanged: the order is rejected",
    ]);
    expect(await stock()).to.deep.equal(full);
  });

  it("reserves nothing for an order that was cancelled before it came", async () => {
    expect(await handle({ event: "cancelled" })).to.deep.equal(["cancelled before it was placed"]);
    expect(await handle({})).to.deep.equal(["unchanged: the order is in the ledger"]);
    expect(await stock()).to.deep.equal(full);
  });

  it("changes nothing when an order is paid", async () => {
    await handle({});
    calls.made.length = 0;
    expect(await handle({ event: "paid" })).to.deep.equal(["unchanged: payment moves no stock"]);
    expect(calls.made).to.deep.equal([]);
  });

  it("changes nothing when the first event comes again after the last", async () => {
    await handle({}, { event: "paid" }, { event: "cancelled" });
    await handle({}, { event: "paid" });
    expect(await stock()).to.deep.equal(full);
    expect(await database().get("ledger", "o-1")).to.include({ status: "cancelled" });
  });

  it("releases once when two functions do it at the same time", async () => {
    await handle({});
    const seen = await database().get("ledger", "o-1");
    await handle({ event: "cancelled" });
    calls.on(GetCommand, () => ({ Item: { ...seen } }));
    expect(await handle({ event: "cancelled" })).to.deep.equal([
      "unchanged: the order was given back by another",
    ]);
    expect(await stock()).to.deep.equal(full);
  });

  it("reads the ledger as it is, and not as it was", async () => {
    await handle({ event: "cancelled" });
    expect(calls.of(GetCommand)[0]).to.include({ ConsistentRead: true });
  });

  it("leaves all as it is when the database fails, and lets the event come back", async () => {
    calls.on(TransactWriteCommand, () => {
      throw new Error("no such table");
    });
    const { result, log } = await runHandler(handler, about({}));
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "o-1 placed" }] });
    expect(log[0]).to.include({ message: "failed", permanent: false });
    expect(calls.of(PutCommand)).to.deep.equal([]);
  });

  it("fails a malformed order for good, and handles the other orders", async () => {
    const event = queueEvent(
      { body: orderBody({ items: items(["chair", -5]) }), messageId: "bad", groupId: "o-1" },
      { body: orderBody({ event: "cancelled" }), messageId: "next", groupId: "o-1" },
      { body: orderBody({ orderId: "o-2", items: items(["desk", 1]) }), groupId: "o-2" },
    );
    const { result, log } = await runHandler(handler, event);
    expect(result).to.deep.equal({
      batchItemFailures: [{ itemIdentifier: "bad" }, { itemIdentifier: "next" }],
    });
    expect(log[0]).to.include({ permanent: true });
    expect(await stock()).to.deep.equal({ ...full, desk: 9 });
    expect(await database().get("ledger", "o-1")).to.equal(undefined);
  });
});
