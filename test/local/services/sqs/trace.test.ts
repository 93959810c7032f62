import { expect } from "chai";
import { inGroup, makeQueues, message, sender } from "../../../harness/cloud/queues.ts";

describe("the trace of a queue", () => {
  it("follows a message from its sender through receives to the dead-letter queue and back", async () => {
    const { queues, trace, clock } = makeQueues();
    const dead = queues.create("dead").arn;
    const policy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 1 });
    const work = queues.create("work", { RedrivePolicy: policy, VisibilityTimeout: "0" }).arn;
    const { messageId } = queues.send(work, message("x", { event: "upload" }));
    const receiver = "arn:aws:lambda:eu-west-1:000000000000:function:worker";
    queues.receiveNow(work, { maxMessages: 1, receiver });
    queues.receiveNow(work, { maxMessages: 1, receiver });
    queues.startMoveTask({ sourceArn: dead });
    await clock.advance(0);
    const hops = trace.recent().map(({ sequence, time, ...hop }) => hop);
    const [moved] = queues.peek(work, 1);
    const event = "upload";
    expect(hops).to.deep.equal([
      { event, from: sender, to: work, kind: "queued", messageId, delaySeconds: 0 },
      { event, from: work, to: receiver, kind: "received", messageId, receiveCount: 1 },
      {
        event,
        from: work,
        to: dead,
        kind: "deadLettered",
        messageId,
        reason: "receive count 1 reached maxReceiveCount 1",
      },
      {
        event,
        from: dead,
        to: work,
        kind: "queued",
        messageId: moved?.messageId,
        delaySeconds: 0,
      },
    ]);
  });

  it("takes a message's own id for its event where there is none, and shows duplicates", () => {
    const { queues, trace } = makeQueues();
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    const { messageId } = queues.send(arn, inGroup("a", "1"));
    queues.send(arn, inGroup("a", "1"));
    expect(trace.recent().map(({ event, kind }) => [event, kind])).to.deep.equal([
      [messageId, "queued"],
      [messageId, "deduplicated"],
    ]);
  });

  it("has a message's trace header where it is queued, if it has one", () => {
    const { queues, trace } = makeQueues();
    const { arn } = queues.create("work");
    const traceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793";
    queues.send(arn, message("traced", { traceHeader }));
    queues.send(arn, message("not traced"));
    const [traced, other] = trace.recent();
    expect(traced).to.include({ kind: "queued", traceHeader });
    expect(other).to.include({ kind: "queued" }).and.not.to.have.property("traceHeader");
  });
});
