import { expect } from "chai";
import { bodies, inGroup, makeQueues, message } from "../../../harness/cloud/queues.ts";

describe("discarding a message by its id", () => {
  it("deletes it alone, received or not, and says whether it was there", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    const [first, second] = ["1", "2", "3"].map((body) => queues.send(arn, message(body)));
    queues.receiveNow(arn, { maxMessages: 1 });
    expect(queues.discard(arn, first?.messageId ?? "")).to.equal(true);
    expect(queues.discard(arn, second?.messageId ?? "")).to.equal(true);
    expect(queues.discard(arn, second?.messageId ?? "")).to.equal(false);
    expect(bodies(queues.peek(arn, 10))).to.deep.equal(["3"]);
  });

  it("leaves the same id in another queue alone", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work");
    const other = queues.create("other").arn;
    const { messageId } = queues.send(arn, message("1"));
    expect(queues.discard(other, messageId)).to.equal(false);
    expect(queues.counts(arn).visible).to.equal(1);
  });

  it("releases the message's group to waiting receivers", async () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work.fifo", { FifoQueue: "true" });
    const { messageId } = queues.send(arn, inGroup("a", "1"));
    queues.send(arn, inGroup("a", "2"));
    queues.receiveNow(arn, { maxMessages: 1 });
    const waiting = queues.receive(arn, { maxMessages: 10, waitSeconds: 20 });
    queues.discard(arn, messageId);
    expect(bodies(await waiting)).to.deep.equal(["2"]);
  });
});
