import { expect } from "chai";
import { CountingClock } from "../../../harness/cloud/countingClock.ts";
import { inGroup, makeQueues, message } from "../../../harness/cloud/queues.ts";

function makeWatched(attributes: Record<string, string> = {}, name = "work") {
  const clock = new CountingClock();
  const { queues } = makeQueues({ clock });
  const { arn } = queues.create(name, attributes);
  const calls: number[] = [];
  const start = clock.now();
  const watch = () => queues.watch(arn, () => calls.push(clock.now() - start));
  return { clock, queues, arn, calls, watch };
}

const one = { maxMessages: 1 };

describe("watching a queue", () => {
  it("calls in a turn of its own when a message is sent, once for several", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched();
    watch();
    await clock.advance(0);
    expect(calls).to.deep.equal([]);
    queues.send(arn, message("1"));
    queues.send(arn, message("2"));
    expect(calls).to.deep.equal([]);
    await clock.advance(0);
    expect(calls).to.deep.equal([0]);
  });

  it("calls for what is there at the start", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched();
    queues.send(arn, message("1"));
    watch();
    await clock.advance(0);
    expect(calls).to.deep.equal([0]);
  });

  it("calls when a delay is over, and no more than once", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched();
    watch();
    queues.send(arn, message("1", { delaySeconds: 5 }));
    await clock.advance(60_000);
    expect(calls).to.deep.equal([5000]);
    expect(clock.scheduled).to.equal(0);
  });

  for (const when of ["before", "after"]) {
    it(`calls when messages are visible again that were received ${when} it began`, async () => {
      const { clock, queues, arn, calls, watch } = makeWatched({ VisibilityTimeout: "10" });
      for (const body of ["1", "2"]) queues.send(arn, message(body));
      if (when === "after") watch();
      queues.receiveNow(arn, one);
      await clock.advance(3000);
      queues.receiveNow(arn, one);
      if (when === "before") watch();
      await clock.advance(60_000);
      expect(calls.filter((time) => time > 0)).to.deep.equal([10_000, 13_000]);
    });
  }

  it("does not call for a message that was deleted in time", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched({ VisibilityTimeout: "10" });
    queues.send(arn, message("1"));
    const [received] = queues.receiveNow(arn, one);
    watch();
    queues.deleteMessage(arn, received?.receiptHandle ?? "");
    await clock.advance(60_000);
    expect(calls).to.deep.equal([]);
    expect(clock.scheduled).to.equal(0);
  });

  it("calls at the time to which a visibility was shortened or prolonged", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched({ VisibilityTimeout: "10" });
    queues.send(arn, message("1"));
    queues.send(arn, message("2"));
    watch();
    await clock.advance(0);
    const [first, second] = queues.receiveNow(arn, { maxMessages: 2 });
    queues.changeVisibility(arn, first?.receiptHandle ?? "", 2);
    queues.changeVisibility(arn, second?.receiptHandle ?? "", 20);
    await clock.advance(60_000);
    expect(calls).to.deep.equal([0, 2000, 20_000]);
  });

  it("calls when a group is freed by a delete, and not when only a part of it is", async () => {
    const fifo = { FifoQueue: "true" };
    const { clock, queues, arn, calls, watch } = makeWatched(fifo, "orders.fifo");
    for (const body of ["1", "2", "3"]) queues.send(arn, inGroup("a", body));
    const [first, second] = queues.receiveNow(arn, { maxMessages: 2 });
    watch();
    queues.deleteMessage(arn, first?.receiptHandle ?? "");
    await clock.advance(0);
    expect(calls).to.deep.equal([]);
    queues.deleteMessage(arn, second?.receiptHandle ?? "");
    await clock.advance(0);
    expect(calls).to.deep.equal([0]);
  });

  it("calls when a shorter delay of the queue is over", async () => {
    const slow = { FifoQueue: "true", DelaySeconds: "60" };
    const { clock, queues, arn, calls, watch } = makeWatched(slow, "orders.fifo");
    queues.send(arn, inGroup("a", "1"));
    watch();
    queues.setAttributes(arn, { DelaySeconds: "5" });
    await clock.advance(30_000);
    expect(calls).to.deep.equal([5000]);
  });

  it("calls the dead-letter queue's watchers when a message moves there", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched({}, "dead");
    const policy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1 });
    const work = queues.create("work", { RedrivePolicy: policy, VisibilityTimeout: "0" }).arn;
    watch();
    queues.send(work, message("1"));
    queues.receiveNow(work, one);
    await clock.advance(0);
    expect(calls).to.deep.equal([]);
    queues.receiveNow(work, one);
    await clock.advance(0);
    expect(calls).to.deep.equal([0]);
  });

  it("calls the watchers of the queue that a task moves messages to", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched();
    const dead = queues.create("dead").arn;
    const policy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 1 });
    queues.setAttributes(arn, { RedrivePolicy: policy });
    queues.send(dead, message("1"));
    watch();
    await clock.advance(1000);
    queues.startMoveTask({ sourceArn: dead, destinationArn: arn });
    await clock.advance(1000);
    expect(calls).to.deep.equal([1000]);
  });

  it("calls each of several watchers, until it stops watching", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched();
    const stop = watch();
    watch();
    stop();
    stop();
    queues.send(arn, message("1"));
    await clock.advance(0);
    expect(calls).to.deep.equal([0]);
  });

  it("calls when the queue is deleted, so that its watchers find out", async () => {
    const { clock, queues, arn, calls, watch } = makeWatched();
    watch();
    queues.delete(arn);
    await clock.advance(0);
    expect(calls).to.deep.equal([0]);
  });

  it("lets a listener receive until nothing comes, without calling again for that", async () => {
    const { clock, queues, arn } = makeWatched();
    let calls = 0;
    const received: string[] = [];
    queues.watch(arn, () => {
      calls += 1;
      for (const { body } of queues.receiveNow(arn, { maxMessages: 10 })) received.push(body);
    });
    for (let number = 0; number < 5; number++) queues.send(arn, message(String(number)));
    await clock.advance(1000);
    expect(received).to.deep.equal(["0", "1", "2", "3", "4"]);
    expect(calls).to.equal(1);
  });

  it("schedules nothing on the clock without watchers", async () => {
    const { clock, queues, arn, watch } = makeWatched();
    queues.send(arn, message("1"));
    queues.send(arn, message("2", { delaySeconds: 5 }));
    queues.receiveNow(arn, one);
    expect(clock.scheduled).to.equal(0);
    const stop = watch();
    expect(clock.scheduled).to.equal(1);
    stop();
    expect(clock.scheduled).to.equal(0);
  });
});
