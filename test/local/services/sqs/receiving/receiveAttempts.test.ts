import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { bodies, inGroup, makeQueues } from "../../../../harness/cloud/queues.ts";

function makeOrders() {
  const cloud = makeQueues();
  const { queues } = cloud;
  const orders = queues.create("orders.fifo", { FifoQueue: "true" }).arn;
  for (const body of ["1", "2", "3"]) queues.send(orders, inGroup("a", body));
  const attempt = (attemptId: string, maxMessages = 2) =>
    queues.receiveNow(orders, { maxMessages, attemptId });
  return { ...cloud, orders, attempt };
}

describe("a repeated receive of a FIFO queue", () => {
  it("gives the same messages by the same handles, and counts no receive", () => {
    const { attempt } = makeOrders();
    const first = attempt("one");
    expect(bodies(first)).to.deep.equal(["1", "2"]);
    expect(attempt("one")).to.deep.equal(first);
    expect(attempt("other")).to.deep.equal([]);
  });

  it("starts the visibility timeout anew", async () => {
    const { attempt, clock } = makeOrders();
    attempt("one");
    await clock.advance(20_000);
    attempt("one");
    await clock.advance(20_000);
    expect(attempt("other")).to.deep.equal([]);
    await clock.advance(10_000);
    expect(bodies(attempt("other"))).to.deep.equal(["1", "2"]);
  });

  it("is a new receive once a message was deleted", () => {
    const { queues, orders, attempt } = makeOrders();
    const [first, second] = attempt("one");
    queues.deleteMessage(orders, first?.receiptHandle ?? "");
    expect(attempt("one")).to.deep.equal([]);
    queues.deleteMessage(orders, second?.receiptHandle ?? "");
    expect(bodies(attempt("one"))).to.deep.equal(["3"]);
  });

  it("is a new receive once a message changed its visibility", () => {
    const { queues, orders, attempt } = makeOrders();
    const [first] = attempt("one", 1);
    queues.changeVisibility(orders, first?.receiptHandle ?? "", 60);
    expect(attempt("one")).to.deep.equal([]);
  });

  it("is a new receive once another receiver got a message", () => {
    const { queues, orders, attempt } = makeOrders();
    const [first] = attempt("one", 1);
    queues.changeVisibility(orders, first?.receiptHandle ?? "", 0);
    expect(bodies(attempt("two", 1))).to.deep.equal(["1"]);
    expect(attempt("one", 1)).to.deep.equal([]);
  });

  it("is a new receive once the message is visible again, though nobody has received it since", async () => {
    const { attempt, clock } = makeOrders();
    const [first] = attempt("one", 1);
    await clock.advance(29_999);
    expect(attempt("one", 1)).to.deep.equal([first]);
    await clock.advance(30_000);
    const [second] = attempt("one", 1);
    expect(second?.messageId).to.equal(first?.messageId);
    expect(second?.receiptHandle).not.to.equal(first?.receiptHandle);
    expect(second?.systemAttributes.ApproximateReceiveCount).to.equal("2");
  });

  it("is a new receive after five minutes", async () => {
    const { queues, orders, clock } = makeOrders();
    const attempt = () =>
      queues.receiveNow(orders, {
        maxMessages: 1,
        attemptId: "one",
        visibilityTimeoutSeconds: 3600,
      });
    const first = attempt();
    await clock.advance(299_999);
    expect(attempt()).to.deep.equal(first);
    await clock.advance(300_000);
    expect(attempt()).to.deep.equal([]);
  });

  it("is not remembered when it got nothing", () => {
    const { queues, orders, attempt } = makeOrders();
    attempt("one", 3);
    expect(attempt("two")).to.deep.equal([]);
    queues.send(orders, inGroup("b", "4"));
    expect(bodies(attempt("two"))).to.deep.equal(["4"]);
  });

  it("is refused on a standard queue", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    const receive = () => queues.receiveNow(arn, { maxMessages: 1, attemptId: "one" });
    expect(awsErrorOf(receive)).to.deep.equal({
      code: "InvalidParameterValue",
      message:
        "Value one for parameter ReceiveRequestAttemptId is invalid. Reason: The request include parameter that is not valid for this queue type.",
    });
  });
});
