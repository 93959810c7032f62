import { getEventListeners } from "node:events";
import { expect } from "chai";
import { AwsError } from "../../../../../local/protocol/awsError.ts";
import type { ReceivedMessage } from "../../../../../local/services/sqs/interface.ts";
import type { LongPollOptions } from "../../../../../local/services/sqs/queues.ts";
import { longPoll } from "../../../../../local/services/sqs/receiving/longPoll.ts";
import { CountingClock } from "../../../../harness/cloud/countingClock.ts";
import { bodies, inGroup, makeQueues, message } from "../../../../harness/cloud/queues.ts";

function makeWork(attributes: Record<string, string> = {}) {
  const cloud = makeQueues();
  const work = cloud.queues.create("work", attributes).arn;
  return { ...cloud, work };
}

/** A receive that goes on, with what it has come to so far. */
function begin(
  queues: { receive(arn: string, options: LongPollOptions): Promise<ReceivedMessage[]> },
  arn: string,
  options: Partial<LongPollOptions> = {},
) {
  const poll: { result: string[] | Error | undefined } = { result: undefined };
  queues.receive(arn, { maxMessages: 1, ...options }).then(
    (messages) => {
      poll.result = bodies(messages);
    },
    (error) => {
      poll.result = error;
    },
  );
  return poll;
}

describe("a long poll", () => {
  it("gives at once what is there", async () => {
    const { queues, work } = makeWork();
    queues.send(work, message("x"));
    expect(bodies(await queues.receive(work, { maxMessages: 3, waitSeconds: 20 }))).to.deep.equal([
      "x",
    ]);
  });

  it("does not wait without a wait time", async () => {
    const { queues, work } = makeWork();
    expect(await queues.receive(work, { maxMessages: 1 })).to.deep.equal([]);
  });

  it("ends empty after its time, or the queue's", async () => {
    const { queues, work, clock } = makeWork({ ReceiveMessageWaitTimeSeconds: "2" });
    const own = begin(queues, work, { waitSeconds: 1 });
    const ofQueue = begin(queues, work);
    await clock.advance(999);
    expect(own.result).to.equal(undefined);
    await clock.advance(1);
    expect(own.result).to.deep.equal([]);
    await clock.advance(999);
    expect(ofQueue.result).to.equal(undefined);
    await clock.advance(1);
    expect(ofQueue.result).to.deep.equal([]);
  });

  it("gets a message when it is sent", async () => {
    const { queues, work, clock } = makeWork();
    const poll = begin(queues, work, { waitSeconds: 20 });
    await clock.advance(1000);
    queues.send(work, message("x"));
    await clock.advance(0);
    expect(poll.result).to.deep.equal(["x"]);
  });

  it("gets a message when its delay is over", async () => {
    const { queues, work, clock } = makeWork();
    const poll = begin(queues, work, { waitSeconds: 20 });
    queues.send(work, message("x", { delaySeconds: 3 }));
    await clock.advance(2999);
    expect(poll.result).to.equal(undefined);
    await clock.advance(1);
    expect(poll.result).to.deep.equal(["x"]);
  });

  it("gets a message when its visibility timeout is over", async () => {
    const { queues, work, clock } = makeWork({ VisibilityTimeout: "4" });
    queues.send(work, message("x"));
    queues.receiveNow(work, { maxMessages: 1 });
    const poll = begin(queues, work, { waitSeconds: 20 });
    await clock.advance(3999);
    expect(poll.result).to.equal(undefined);
    await clock.advance(1);
    expect(poll.result).to.deep.equal(["x"]);
  });

  it("gives one message to one of several that wait; the others wait on", async () => {
    const { queues, work, clock } = makeWork();
    const polls = [1, 2, 3].map(() => begin(queues, work, { waitSeconds: 20 }));
    queues.send(work, message("first"));
    await clock.advance(10_000);
    expect(polls.map(({ result }) => result)).to.deep.equal([["first"], undefined, undefined]);
    queues.send(work, message("second"));
    await clock.advance(0);
    expect(polls.map(({ result }) => result)).to.deep.equal([["first"], ["second"], undefined]);
    await clock.advance(10_000);
    expect(polls[2]?.result).to.deep.equal([]);
  });

  it("gets the next message of a group when the group is free, not before", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("orders.fifo", { FifoQueue: "true" });
    queues.send(arn, inGroup("a", "1"));
    const [first] = queues.receiveNow(arn, { maxMessages: 1 });
    const poll = begin(queues, arn, { waitSeconds: 20 });
    queues.send(arn, inGroup("a", "2"));
    await clock.advance(2000);
    expect(poll.result).to.equal(undefined);
    queues.deleteMessage(arn, first?.receiptHandle ?? "");
    await clock.advance(0);
    expect(poll.result).to.deep.equal(["2"]);
  });

  it("ends empty when its signal says so, and takes no message after", async () => {
    const { queues, work, clock } = makeWork();
    const controller = new AbortController();
    const poll = begin(queues, work, { waitSeconds: 20, hungUp: () => controller.signal });
    await clock.advance(0);
    controller.abort();
    await clock.advance(0);
    expect(poll.result).to.deep.equal([]);
    queues.send(work, message("x"));
    await clock.advance(0);
    expect(queues.counts(work)).to.include({ visible: 1, inFlight: 0 });
  });

  it("takes no message if its signal has said so before it begins", async () => {
    const clock = new CountingClock();
    const { queues } = makeQueues({ clock });
    const { arn } = queues.create("work");
    queues.send(arn, message("x"));
    const poll = longPoll(
      clock,
      { milliseconds: 20_000, signal: AbortSignal.abort() },
      (listener) => queues.watch(arn, listener),
      () => queues.receiveNow(arn, { maxMessages: 1 }),
    );
    expect(await poll).to.deep.equal([]);
    expect(queues.counts(arn)).to.include({ visible: 1, inFlight: 0 });
    expect(clock.scheduled).to.equal(0);
  });

  it("leaves nothing behind when it ends", async () => {
    const clock = new CountingClock();
    const { queues } = makeQueues({ clock });
    const { arn } = queues.create("work");
    const { signal } = new AbortController();
    const poll = longPoll(
      clock,
      { milliseconds: 20_000, signal },
      (listener) => queues.watch(arn, listener),
      () => queues.receiveNow(arn, { maxMessages: 1 }),
    );
    expect(getEventListeners(signal, "abort")).to.have.length(1);
    expect(clock.scheduled).to.equal(1);
    queues.send(arn, message("x"));
    expect(bodies(await poll)).to.deep.equal(["x"]);
    expect(getEventListeners(signal, "abort")).to.have.length(0);
    expect(clock.scheduled).to.equal(0);
  });

  it("fails when its queue is deleted", async () => {
    const { queues, work, clock } = makeWork();
    const poll = begin(queues, work, { waitSeconds: 20 });
    queues.delete(work);
    await clock.advance(0);
    expect(poll.result).to.be.instanceOf(AwsError).with.property("code", "QueueDoesNotExist");
  });

  it("ends empty when the queues close", async () => {
    const { queues, work, clock } = makeWork();
    const poll = begin(queues, work, { waitSeconds: 20 });
    queues.close();
    await clock.advance(0);
    expect(poll.result).to.deep.equal([]);
  });
});
