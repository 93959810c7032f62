import { expect } from "chai";
import { Topics } from "../../../../../local/services/sns/topics.ts";
import { openStore } from "../../../../../local/storage/store.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const minute = 60_000;

/** A FIFO topic with an archive, and a queue that is subscribed to it. */
function archived(subscription: Record<string, string> = {}, store = openStore()) {
  const made = makeTopics({ store });
  const { topics, queues, clock } = made;
  const topic = topics.create("orders.fifo", {
    FifoTopic: "true",
    ArchivePolicy: '{"MessageRetentionPeriod":"30"}',
  });
  const queue = queues.create("billing.fifo", { FifoQueue: "true" });
  const { arn } = topics.subscribe(topic.arn, "sqs", queue.arn, subscription);
  return {
    ...made,
    subscriptionArn: arn,
    topicArn: topic.arn,
    publish: (message: string, attributes = {}) =>
      topics.publish(
        topic.arn,
        publication(message, { groupId: "a", deduplicationId: message, attributes }),
      ),
    /** Receives and deletes all messages. */
    drain() {
      const received = [];
      for (;;) {
        const batch = made.receive(queue.arn);
        if (batch.length === 0) return received;
        for (const message of batch) queues.deleteMessage(queue.arn, message.receiptHandle);
        received.push(...batch.map(({ body }) => JSON.parse(body)));
      }
    },
    replay: (startingPoint: number, endingPoint?: number) =>
      topics.setSubscriptionAttributes(arn, {
        ReplayPolicy: replayPolicy(startingPoint, endingPoint),
      }),
    status: () => topics.subscriptionAttributes(arn).ReplayStatus,
    clock,
  };
}

function replayPolicy(startingPoint: number, endingPoint?: number): string {
  return JSON.stringify({
    PointType: "Timestamp",
    StartingPoint: new Date(startingPoint).toISOString(),
    ...(endingPoint !== undefined && { EndingPoint: new Date(endingPoint).toISOString() }),
  });
}

const texts = (messages: readonly { Message: string }[]) => messages.map(({ Message }) => Message);

describe("a replay", () => {
  it("delivers the archived messages again, in order, with their ids, and marks them", async () => {
    const { publish, drain, replay, clock, status } = archived();
    const start = clock.now();
    for (const message of ["1", "2", "3"]) publish(message);
    const originals = drain();
    expect(originals[0]).not.to.have.property("Replayed");
    await clock.advance(6 * minute);
    expect(status()).to.equal(undefined);
    replay(start);
    expect(status()).to.equal("Pending");
    await clock.advance(1000);
    expect(status()).to.equal("Completed");
    expect(drain()).to.deep.equal(originals.map((each) => ({ ...each, Replayed: true })));
  });

  it("begins and ends at its points", async () => {
    const { publish, drain, replay, clock } = archived();
    const times: number[] = [];
    for (const message of ["1", "2", "3", "4"]) {
      times.push(clock.now());
      publish(message);
      await clock.advance(minute);
    }
    drain();
    await clock.advance(10 * minute);
    replay(times[1] ?? 0, times[2]);
    await clock.advance(1000);
    expect(texts(drain())).to.deep.equal(["2", "3"]);
  });

  it("goes on with the messages that are published meanwhile, in order, and then as usual", async () => {
    const { publish, drain, replay, clock, status } = archived();
    const start = clock.now();
    for (let number = 1; number <= 250; number++) publish(String(number));
    drain();
    await clock.advance(6 * minute);
    replay(start);
    await clock.advance(0);
    expect(status()).to.equal("In progress");
    publish("meanwhile");
    expect(drain()).to.have.length(100);
    await clock.advance(1000);
    expect(texts(drain()).slice(-2)).to.deep.equal(["250", "meanwhile"]);
    publish("later");
    const [later, ...others] = drain();
    expect(others).to.deep.equal([]);
    expect(later).to.include({ Message: "later" }).and.not.to.have.property("Replayed");
  });

  it("with an ending point pauses the subscription, until another replay resumes it", async () => {
    const { publish, drain, replay, clock, hops, status } = archived();
    const start = clock.now();
    publish("1");
    drain();
    await clock.advance(6 * minute);
    const end = clock.now();
    replay(start, end);
    await clock.advance(1000);
    expect(texts(drain())).to.deep.equal(["1"]);
    expect(status()).to.equal("Completed");
    publish("2");
    expect(drain()).to.deep.equal([]);
    expect(hops("filtered").at(-1)?.reason).to.match(/^the subscription is paused: /);
    replay(end + 1);
    await clock.advance(1000);
    expect(texts(drain())).to.deep.equal(["2"]);
    publish("3");
    expect(texts(drain())).to.deep.equal(["3"]);
  });

  it("with an ending point to come delivers new messages until then", async () => {
    const { publish, drain, replay, clock, status } = archived();
    const start = clock.now();
    publish("1");
    drain();
    await clock.advance(6 * minute);
    replay(start, clock.now() + minute);
    await clock.advance(1000);
    publish("2");
    expect(texts(drain())).to.deep.equal(["1", "2"]);
    expect(status()).to.equal("In progress");
    await clock.advance(minute);
    publish("3");
    expect(drain()).to.deep.equal([]);
    expect(status()).to.equal("Completed");
  });

  it("passes the subscription's filter", async () => {
    const { publish, drain, replay, clock } = archived({ FilterPolicy: '{"kind":["paid"]}' });
    const start = clock.now();
    const kind = (stringValue: string) => ({ kind: { dataType: "String", stringValue } });
    publish("1", kind("paid"));
    publish("2", kind("sent"));
    drain();
    await clock.advance(6 * minute);
    replay(start);
    await clock.advance(1000);
    expect(texts(drain())).to.deep.equal(["1"]);
  });

  it("within five minutes is dropped by the FIFO queue as a duplicate", async () => {
    const { publish, drain, replay, clock, hops } = archived();
    const start = clock.now();
    publish("1");
    drain();
    await clock.advance(4 * minute);
    replay(start);
    await clock.advance(1000);
    expect(drain()).to.deep.equal([]);
    expect(hops("deduplicated")).to.have.length(1);
  });

  it("brings the archive to a subscription that is made later", async () => {
    const { publish, clock, topics, topicArn, queues, receive } = archived();
    const start = clock.now();
    publish("1");
    await clock.advance(minute);
    const late = queues.create("late.fifo", { FifoQueue: "true" });
    topics.subscribe(topicArn, "sqs", late.arn, { ReplayPolicy: replayPolicy(start) });
    await clock.advance(1000);
    expect(receive(late.arn).map(({ body }) => JSON.parse(body).Message)).to.deep.equal(["1"]);
  });

  it("ends when its policy is removed; new messages are then delivered", async () => {
    const { publish, drain, replay, clock, topics, subscriptionArn, status } = archived();
    const start = clock.now();
    for (let number = 1; number <= 150; number++) publish(String(number));
    drain();
    await clock.advance(6 * minute);
    replay(start);
    await clock.advance(0);
    topics.setSubscriptionAttributes(subscriptionArn, { ReplayPolicy: "" });
    publish("new");
    await clock.advance(1000);
    const received = texts(drain());
    expect(received).to.have.length(101);
    expect(received.at(-1)).to.equal("new");
    expect(status()).to.equal(undefined);
  });

  it("fails when the archive is deactivated meanwhile", async () => {
    const { publish, replay, clock, topics, topicArn, status } = archived();
    const start = clock.now();
    publish("1");
    await clock.advance(minute);
    replay(start);
    topics.setAttributes(topicArn, { ArchivePolicy: "{}" });
    await clock.advance(1000);
    expect(status()).to.equal("Failed");
  });

  it("continues in the next run", async () => {
    const store = openStore();
    const first = archived({}, store);
    const start = first.clock.now();
    for (let number = 1; number <= 150; number++) first.publish(String(number));
    first.drain();
    await first.clock.advance(6 * minute);
    first.replay(start);
    await first.clock.advance(0);
    first.topics.close();
    const { topics, clock } = makeTopics({ store, clock: first.clock });
    expect(topics).to.be.instanceOf(Topics);
    await clock.advance(1000);
    expect(topics.subscriptionAttributes(first.subscriptionArn).ReplayStatus).to.equal("Completed");
    expect(first.drain()).to.have.length(150);
  });

  const rejected: [string, (now: number) => object, string][] = [
    ["without a starting point", () => ({ PointType: "Timestamp" }), "must have a PointType"],
    [
      "of another type",
      (now) => ({ PointType: "Sequence", StartingPoint: new Date(now).toISOString() }),
      "must have a PointType",
    ],
    [
      "from before the archive",
      (now) => JSON.parse(replayPolicy(now - 1)),
      "StartingPoint is before the beginning of the archive",
    ],
    [
      "with an end before its start",
      (now) => JSON.parse(replayPolicy(now, now)),
      "EndingPoint must be after StartingPoint",
    ],
  ];
  for (const [what, policyOf, problem] of rejected) {
    it(`${what} is rejected`, async () => {
      const { topics, subscriptionArn, clock } = archived();
      const ReplayPolicy = JSON.stringify(policyOf(clock.now()));
      const error = await awsErrorOf(() =>
        topics.setSubscriptionAttributes(subscriptionArn, { ReplayPolicy }),
      );
      expect(error.code).to.equal("InvalidParameter");
      expect(error.message).to.include(`ReplayPolicy: ${problem}`);
    });
  }

  it("is rejected without an archive, and on a standard topic", async () => {
    const { topics, queues, clock } = makeTopics();
    for (const [suffix, attributes, problem] of [
      [".fifo", { FifoTopic: "true" }, "The topic has no active ArchivePolicy"],
      ["", {}, "Only subscriptions of FIFO topics have this attribute"],
    ] as const) {
      const topic = topics.create(`plain${suffix}`, attributes);
      const queue = queues.create(`plain${suffix}`, suffix === "" ? {} : { FifoQueue: "true" });
      const { arn } = topics.subscribe(topic.arn, "sqs", queue.arn);
      const error = await awsErrorOf(() =>
        topics.setSubscriptionAttributes(arn, { ReplayPolicy: replayPolicy(clock.now()) }),
      );
      expect(error.message).to.include(problem);
    }
  });
});
