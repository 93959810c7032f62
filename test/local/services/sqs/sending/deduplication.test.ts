import { createHash } from "node:crypto";
import { expect } from "chai";
import { openStore } from "../../../../../local/storage/store.ts";
import { bodies, inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

function makeOrders(attributes: Record<string, string> = {}) {
  const cloud = makeQueues();
  const all = { FifoQueue: "true", ...attributes };
  const orders = cloud.queues.create("orders.fifo", all).arn;
  const drain = () => {
    const received = cloud.queues.receiveNow(orders, { maxMessages: 10 });
    for (const { receiptHandle } of received) cloud.queues.deleteMessage(orders, receiptHandle);
    return bodies(received);
  };
  return { ...cloud, orders, drain };
}

describe("deduplication", () => {
  it("accepts a repeated id with the first message's ids, and keeps nothing", () => {
    const { queues, orders, drain } = makeOrders();
    const first = queues.send(orders, inGroup("a", "1", { deduplicationId: "id" }));
    const second = queues.send(orders, inGroup("a", "2", { deduplicationId: "id" }));
    expect(second.messageId).to.equal(first.messageId);
    expect(second.sequenceNumber).to.equal(first.sequenceNumber);
    expect(drain()).to.deep.equal(["1"]);
  });

  it("lasts five minutes from the first message, whatever became of it", async () => {
    const { queues, orders, clock, drain } = makeOrders();
    queues.send(orders, inGroup("a", "1", { deduplicationId: "id" }));
    expect(drain()).to.deep.equal(["1"]);
    await clock.advance(299_999);
    queues.send(orders, inGroup("a", "2", { deduplicationId: "id" }));
    expect(drain()).to.deep.equal([]);
    await clock.advance(1);
    queues.send(orders, inGroup("a", "3", { deduplicationId: "id" }));
    expect(drain()).to.deep.equal(["3"]);
  });

  it("counts an id for the whole queue by default", () => {
    const { queues, orders, drain } = makeOrders();
    queues.send(orders, inGroup("a", "1", { deduplicationId: "id" }));
    queues.send(orders, inGroup("b", "2", { deduplicationId: "id" }));
    expect(drain()).to.deep.equal(["1"]);
  });

  it("counts an id within its group where the scope says so, with no throughput set", () => {
    const { queues, orders, drain } = makeOrders({ DeduplicationScope: "messageGroup" });
    for (const group of ["a", "b", "a"]) {
      queues.send(orders, inGroup(group, `of ${group}`, { deduplicationId: "id" }));
    }
    expect(drain()).to.deep.equal(["of a", "of b"]);
  });

  it("takes the SHA-256 of the body alone for the id of a message that brings none", () => {
    const { queues, orders } = makeOrders({ ContentBasedDeduplication: "true" });
    const attributes = { n: { dataType: "Number", stringValue: "1" } };
    queues.send(orders, message("same", { groupId: "a" }));
    queues.send(orders, message("same", { groupId: "a", attributes }));
    queues.send(orders, message("same", { groupId: "a", deduplicationId: "own" }));
    const received = queues.receiveNow(orders, { maxMessages: 10 });
    const digest = createHash("sha256").update("same").digest("hex");
    expect(
      received.map(({ systemAttributes }) => systemAttributes.MessageDeduplicationId),
    ).to.deep.equal([digest, "own"]);
  });

  it("is forgotten by a purge", () => {
    const { queues, orders, drain } = makeOrders();
    queues.send(orders, inGroup("a", "1", { deduplicationId: "id" }));
    queues.purge(orders);
    queues.send(orders, inGroup("a", "2", { deduplicationId: "id" }));
    expect(drain()).to.deep.equal(["2"]);
  });

  it("of one queue is not forgotten by a purge of another", () => {
    const { queues, orders, drain } = makeOrders();
    const other = queues.create("other.fifo", { FifoQueue: "true" }).arn;
    queues.send(orders, inGroup("a", "1", { deduplicationId: "id" }));
    queues.purge(other);
    queues.send(orders, inGroup("a", "2", { deduplicationId: "id" }));
    expect(drain()).to.deep.equal(["1"]);
  });

  it("counts an id that is given like one made from the same body", () => {
    const { queues, orders, drain } = makeOrders({ ContentBasedDeduplication: "true" });
    const deduplicationId = createHash("sha256").update("1").digest("hex");
    queues.send(orders, message("1", { groupId: "a" }));
    queues.send(orders, message("2", { groupId: "a", deduplicationId }));
    expect(drain()).to.deep.equal(["1"]);
  });

  it("keeps no id for longer than a second after its five minutes", async () => {
    const store = openStore();
    const { queues, clock } = makeQueues({ store });
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    const send = (id: string) => queues.send(arn, inGroup("a", id, { deduplicationId: id }));
    const kept = () =>
      store
        .prepare("SELECT deduplication_id AS id FROM deduplications ORDER BY id")
        .all()
        .map(({ id }) => id);
    send("1");
    await clock.advance(500);
    send("2");
    await clock.advance(299_500);
    send("3");
    expect(kept()).to.deep.equal(["2", "3"]);
    await clock.advance(1000);
    send("4");
    expect(kept()).to.deep.equal(["3", "4"]);
  });

  it("does not reach from one queue into another", () => {
    const { queues, orders } = makeOrders();
    const other = queues.create("other.fifo", { FifoQueue: "true" }).arn;
    queues.send(orders, inGroup("a", "1", { deduplicationId: "id" }));
    queues.send(other, inGroup("a", "1", { deduplicationId: "id" }));
    expect(queues.counts(other).visible).to.equal(1);
  });
});
