import { expect } from "chai";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";
import { inGroup, makeQueues, message } from "../../../harness/cloud/queues.ts";

describe("looking at a queue", () => {
  it("counts what is visible, in flight and delayed, and the age of the oldest", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("work");
    expect(queues.counts(arn)).to.deep.equal({ visible: 0, inFlight: 0, delayed: 0 });
    queues.send(arn, message("1"));
    await clock.advance(2500);
    queues.send(arn, message("2"));
    queues.send(arn, message("3", { delaySeconds: 60 }));
    queues.receiveNow(arn, { maxMessages: 1 });
    expect(queues.counts(arn)).to.deep.equal({
      visible: 1,
      inFlight: 1,
      delayed: 1,
      oldestAgeSeconds: 2,
    });
  });

  it("shows the first messages as they are, and changes nothing", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    for (const body of ["1", "2", "3"]) queues.send(arn, inGroup("a", body));
    queues.receiveNow(arn, { maxMessages: 1 });
    const peeked = queues.peek(arn, 2);
    expect(peeked.map(({ body, state }) => [body, state])).to.deep.equal([
      ["1", "inFlight"],
      ["2", "visible"],
    ]);
    expect(peeked[0]?.visibleAt).to.equal(clock.now() + 30_000);
    expect(peeked[0]?.systemAttributes).to.include({
      ApproximateReceiveCount: "1",
      MessageGroupId: "a",
    });
    expect(peeked[1]?.systemAttributes).not.to.have.any.keys("ApproximateFirstReceiveTimestamp");
    expect(queues.peek(arn, 2)).to.deep.equal(peeked);
  });
});

describe("purging a queue", () => {
  it("deletes everything, in flight and delayed included, and takes new messages", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("work", { VisibilityTimeout: "5" });
    for (const body of ["1", "2"]) queues.send(arn, message(body));
    queues.send(arn, message("3", { delaySeconds: 5 }));
    queues.receiveNow(arn, { maxMessages: 1 });
    queues.purge(arn);
    await clock.advance(5000);
    expect(queues.receiveNow(arn, { maxMessages: 10 })).to.deep.equal([]);
    queues.send(arn, message("4"));
    expect(queues.receiveNow(arn, { maxMessages: 10 })).to.have.length(1);
  });

  it("is allowed once in 60 seconds", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("work");
    queues.purge(arn);
    await clock.advance(59_999);
    queues.send(arn, message("1"));
    expect(awsErrorOf(() => queues.purge(arn))).to.deep.equal({
      code: "AWS.SimpleQueueService.PurgeQueueInProgress",
      message: "Only one PurgeQueue operation on work is allowed every 60 seconds.",
    });
    expect(queues.counts(arn).visible).to.equal(1);
    await clock.advance(1);
    queues.purge(arn);
    expect(queues.counts(arn).visible).to.equal(0);
  });
});
