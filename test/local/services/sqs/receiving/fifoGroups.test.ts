import { expect } from "chai";
import { bodies, inGroup, makeQueues } from "../../../../harness/cloud/queues.ts";

function makeOrders(attributes: Record<string, string> = {}) {
  const cloud = makeQueues();
  const { queues } = cloud;
  const orders = queues.create("orders.fifo", { FifoQueue: "true", ...attributes }).arn;
  return {
    ...cloud,
    orders,
    send: (...messages: string[]) => {
      for (const body of messages) {
        queues.send(orders, inGroup(body.split("-")[0] ?? "", body));
      }
    },
    receive: (maxMessages: number, visibilityTimeoutSeconds?: number) =>
      queues.receiveNow(orders, { maxMessages, visibilityTimeoutSeconds }),
  };
}

describe("message groups of a FIFO queue", () => {
  it("gives several messages of a group in one receive, then the next group", () => {
    const { send, receive } = makeOrders();
    send("g1-m1", "g2-m1", "g1-m2", "g1-m3");
    expect(bodies(receive(10))).to.deep.equal(["g1-m1", "g1-m2", "g1-m3", "g2-m1"]);
  });

  it("gives a group in the same order again after the timeout", async () => {
    const { send, receive, clock } = makeOrders({ VisibilityTimeout: "1" });
    send("g1-m1", "g1-m2", "g1-m3");
    expect(bodies(receive(10))).to.deep.equal(["g1-m1", "g1-m2", "g1-m3"]);
    await clock.advance(1000);
    expect(bodies(receive(10))).to.deep.equal(["g1-m1", "g1-m2", "g1-m3"]);
  });

  it("locks a whole group while one of its messages is in flight, and lets other groups pass", async () => {
    const { send, receive, clock } = makeOrders({ VisibilityTimeout: "1" });
    send("g1-m1", "g1-m2", "g1-m3", "g1-m4", "g2-m1", "g3-m1");
    expect(bodies(receive(2))).to.deep.equal(["g1-m1", "g1-m2"]);
    expect(bodies(receive(1))).to.deep.equal(["g2-m1"]);
    await clock.advance(2000);
    expect(bodies(receive(10, 0))).to.deep.equal([
      "g3-m1",
      "g1-m1",
      "g1-m2",
      "g1-m3",
      "g1-m4",
      "g2-m1",
    ]);
  });

  it("puts groups that were received with no timeout behind the others", async () => {
    const { send, receive, clock } = makeOrders();
    send("g1-m1", "g2-m1", "g2-m2", "g3-m1", "g1-m2");
    await clock.advance(1);
    expect(bodies(receive(3, 0))).to.deep.equal(["g1-m1", "g1-m2", "g2-m1"]);
    expect(bodies(receive(10, 0))).to.deep.equal(["g3-m1", "g1-m1", "g1-m2", "g2-m1", "g2-m2"]);
  });

  it("frees a group when all of its messages in flight are deleted", () => {
    const { queues, orders, send, receive } = makeOrders();
    send("g1-m1", "g2-m1", "g1-m2", "g2-m2", "g1-m3", "g1-m4", "g3-m1");
    for (const { receiptHandle } of receive(2)) queues.deleteMessage(orders, receiptHandle);
    expect(bodies(receive(10))).to.deep.equal(["g2-m1", "g2-m2", "g1-m3", "g1-m4", "g3-m1"]);
  });

  it("keeps the rest of a group locked when a part of it is deleted", () => {
    const { queues, orders, send, receive } = makeOrders();
    send("g1-m1", "g2-m1", "g1-m2", "g2-m2", "g1-m3", "g3-m1");
    const [first] = receive(2);
    queues.deleteMessage(orders, first?.receiptHandle ?? "");
    expect(bodies(receive(10))).to.deep.equal(["g2-m1", "g2-m2", "g3-m1"]);
  });

  it("keeps the group locked when a later part of it is deleted", () => {
    const { queues, orders, send, receive } = makeOrders();
    send("g1-m1", "g1-m2", "g1-m3");
    const [, second] = receive(2);
    queues.deleteMessage(orders, second?.receiptHandle ?? "");
    expect(receive(10)).to.deep.equal([]);
  });

  it("gives only the first message when only that one was made visible", async () => {
    const { queues, orders, send, receive, clock } = makeOrders();
    send("g1-m1", "g1-m2", "g2-m1");
    await clock.advance(1);
    const [first] = receive(2);
    queues.changeVisibility(orders, first?.receiptHandle ?? "", 0);
    expect(bodies(receive(3))).to.deep.equal(["g2-m1", "g1-m1"]);
  });

  for (const [position, rest] of [
    [0, []],
    [1, ["g1-m1"]],
    [2, ["g1-m1", "g1-m2"]],
  ] as const) {
    it(`holds back message ${position + 1} with a longer timeout, and all that come after it`, async () => {
      const { queues, orders, send, receive, clock } = makeOrders({ VisibilityTimeout: "1" });
      send("g1-m1", "g1-m2", "g1-m3", "g1-m4");
      const receipt = receive(3)[position]?.receiptHandle ?? "";
      queues.changeVisibility(orders, receipt, 4);
      await clock.advance(2500);
      expect(bodies(receive(5))).to.deep.equal(rest);
    });
  }

  it("is not freed by a new message, and no later member leaks out", () => {
    const { send, receive } = makeOrders();
    send("g1-m1");
    receive(1);
    send("g1-m2");
    expect(receive(10)).to.deep.equal([]);
  });

  it("is not held up by a message that is still delayed", async () => {
    const { send, receive, clock } = makeOrders({ DelaySeconds: "10" });
    send("g1-m1");
    await clock.advance(10_000);
    send("g1-m2");
    expect(bodies(receive(10))).to.deep.equal(["g1-m1"]);
  });

  it("works on after it was empty", () => {
    const { queues, orders, send, receive } = makeOrders();
    send("g1-m1");
    const [first] = receive(1);
    queues.deleteMessage(orders, first?.receiptHandle ?? "");
    expect(receive(1)).to.deep.equal([]);
    send("g1-m2");
    expect(bodies(receive(1))).to.deep.equal(["g1-m2"]);
  });

  it("counts as in flight only what was received, not the group that waits behind it", () => {
    const { queues, orders, send, receive } = makeOrders();
    send("g1-m1", "g1-m2", "g2-m1", "g2-m2", "g3-m1", "g3-m2");
    receive(1);
    receive(1);
    expect(queues.counts(orders)).to.include({ visible: 4, inFlight: 2, delayed: 0 });
  });
});
