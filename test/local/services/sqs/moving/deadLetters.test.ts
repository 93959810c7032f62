import { expect } from "chai";
import { bodies, inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

const all = { maxMessages: 10 };

function makePair(maxReceiveCount: number, options: { fifo?: boolean; deadLetters?: object } = {}) {
  const cloud = makeQueues();
  const suffix = options.fifo ? ".fifo" : "";
  const fifo: Record<string, string> = options.fifo ? { FifoQueue: "true" } : {};
  const dead = cloud.queues.create(`dead${suffix}`, { ...fifo, ...options.deadLetters }).arn;
  const policy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount });
  const attributes = { ...fifo, VisibilityTimeout: "5", RedrivePolicy: policy };
  const work = cloud.queues.create(`work${suffix}`, attributes).arn;
  const receive = (arn = work) => cloud.queues.receiveNow(arn, all);
  return { ...cloud, dead, work, receive };
}

describe("dead letters", () => {
  it("move on the receive that would be one too many, not before", async () => {
    const { queues, dead, work, receive, clock } = makePair(2);
    queues.send(work, message("poison"));
    for (const count of ["1", "2"]) {
      const [received] = receive();
      expect(received?.systemAttributes.ApproximateReceiveCount).to.equal(count);
      await clock.advance(5000);
    }
    expect(queues.counts(work)).to.include({ visible: 1 });
    expect(queues.counts(dead)).to.include({ visible: 0 });
    expect(receive()).to.deep.equal([]);
    expect(queues.counts(work)).to.include({ visible: 0, inFlight: 0 });
    expect(queues.counts(dead)).to.include({ visible: 1 });
  });

  it("keep id, attributes and trace, go on counting, and name the queue they come from", async () => {
    const { queues, dead, work, receive, clock } = makePair(1);
    const attributes = { MyAttribute: { dataType: "String", stringValue: "foobar" } };
    const sentAt = clock.now();
    const { messageId } = queues.send(
      work,
      message("message-1", { attributes, traceHeader: "Root=1", event: "upload" }),
    );
    receive();
    await clock.advance(5000);
    receive();
    await clock.advance(1000);
    const [letter] = receive(dead);
    expect(letter).to.deep.include({ messageId, body: "message-1", attributes, event: "upload" });
    expect(letter?.md5OfAttributes).to.equal("adb59cd4678ea5a855436b949cd07ab6");
    expect(letter?.systemAttributes).to.deep.equal({
      SenderId: "000000000000",
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: "2",
      ApproximateFirstReceiveTimestamp: String(sentAt),
      AWSTraceHeader: "Root=1",
      DeadLetterQueueSourceArn: work,
    });
  });

  it("make room in the same receive for the messages behind them", async () => {
    const { queues, work, receive, clock } = makePair(1);
    queues.send(work, message("poison"));
    receive();
    await clock.advance(5000);
    queues.send(work, message("good"));
    expect(bodies(queues.receiveNow(work, { maxMessages: 1 }))).to.deep.equal(["good"]);
  });

  it("keep their age on a standard queue", async () => {
    const { queues, dead, work, receive, clock } = makePair(1, {
      deadLetters: { MessageRetentionPeriod: "60" },
    });
    queues.send(work, message("poison"));
    receive();
    await clock.advance(50_000);
    receive();
    expect(queues.counts(dead).oldestAgeSeconds).to.equal(50);
    await clock.advance(10_000);
    expect(receive(dead)).to.deep.equal([]);
  });

  it("begin anew with their age on a FIFO queue, and keep their group and ids", async () => {
    const { queues, dead, work, receive, clock } = makePair(1, { fifo: true });
    const { messageId } = queues.send(work, inGroup("a", "poison"));
    queues.send(work, inGroup("a", "good"));
    queues.receiveNow(work, { maxMessages: 1 });
    await clock.advance(5000);
    const movedAt = clock.now();
    expect(bodies(receive())).to.deep.equal(["good"]);
    const [letter] = receive(dead);
    expect(letter?.messageId).to.equal(messageId);
    expect(letter?.systemAttributes).to.include({
      SentTimestamp: String(movedAt),
      MessageGroupId: "a",
      MessageDeduplicationId: "poison",
      ApproximateReceiveCount: "2",
      DeadLetterQueueSourceArn: work,
    });
  });

  it("keep the order of their group", async () => {
    const { queues, dead, work, receive, clock } = makePair(1, { fifo: true });
    for (const body of ["1", "2", "3"]) queues.send(work, inGroup("a", body));
    receive();
    await clock.advance(5000);
    expect(receive()).to.deep.equal([]);
    expect(bodies(receive(dead))).to.deep.equal(["1", "2", "3"]);
  });

  it("make room in a receive without a message coming twice in it", async () => {
    const { queues, work, receive, clock } = makePair(1, { fifo: true });
    for (const group of ["a", "b", "c"]) queues.send(work, inGroup(group, `${group}1`));
    receive();
    await clock.advance(5000);
    queues.send(work, inGroup("a", "a2"));
    expect(bodies(queues.receiveNow(work, { maxMessages: 3 }))).to.deep.equal(["a2"]);
  });

  it("pass through a chain of queues, each with its own count", async () => {
    const { queues, dead, work, receive, clock } = makePair(1);
    const last = queues.create("last").arn;
    const policy = JSON.stringify({ deadLetterTargetArn: last, maxReceiveCount: 1 });
    queues.setAttributes(dead, { RedrivePolicy: policy, VisibilityTimeout: "5" });
    queues.send(work, message("poison"));
    const counts = [];
    for (const arn of [work, dead, last]) {
      const [received] = receive(arn);
      counts.push(received?.systemAttributes.ApproximateReceiveCount);
      await clock.advance(5000);
      expect(receive(arn)).to.deep.equal([]);
    }
    expect(counts).to.deep.equal(["1", "2", "3"]);
  });

  it("cannot be touched by the handles of the queue they left", async () => {
    const { queues, dead, work, receive, clock } = makePair(1);
    queues.send(work, message("poison"));
    const [first] = receive();
    await clock.advance(5000);
    receive();
    queues.deleteMessage(work, first?.receiptHandle ?? "");
    expect(queues.counts(dead)).to.include({ visible: 1 });
  });

  it("stay where they are while their dead-letter queue does not allow it", async () => {
    const { queues, dead, work, receive, clock } = makePair(1);
    queues.send(work, message("poison"));
    queues.setAttributes(dead, { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
    receive();
    await clock.advance(5000);
    expect(bodies(receive())).to.deep.equal(["poison"]);
    queues.setAttributes(dead, { RedriveAllowPolicy: "" });
    await clock.advance(5000);
    expect(receive()).to.deep.equal([]);
    expect(queues.counts(dead)).to.include({ visible: 1 });
  });

  it("stay where they are when their dead-letter queue is gone", async () => {
    const { queues, dead, work, receive, clock } = makePair(1);
    queues.send(work, message("poison"));
    queues.delete(dead);
    receive();
    await clock.advance(5000);
    expect(bodies(receive())).to.deep.equal(["poison"]);
  });
});
