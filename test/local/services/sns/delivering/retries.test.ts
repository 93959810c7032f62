import { expect } from "chai";
import {
  defaultHttpRetries,
  managedEndpointRetries,
  type RetryPolicy,
  retryDelay,
} from "../../../../../local/services/sns/attributes/retryPolicy.ts";
import type { Deliverer } from "../../../../../local/services/sns/delivery.ts";
import { ManualClock } from "../../../../../local/time/manualClock.ts";
import { failingDeliverer } from "../../../../harness/cloud/failingDeliverer.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const seconds = (count: number) => count * 1000;
const queueArn = "arn:aws:sqs:eu-west-1:000000000000:audit";

function delays(policy: RetryPolicy, count: number): (number | undefined)[] {
  return Array.from({ length: count }, (_, index) => retryDelay(policy, index + 1));
}

describe("the retry policy", () => {
  it("of endpoints that AWS runs is 3 at once, 2 after a second, 10 up to 20 seconds, then 100,000 after 20", () => {
    const first = delays(managedEndpointRetries, 16).map((delay) => Number(delay?.toFixed(2)));
    expect(first).to.deep.equal([
      0, 0, 0, 1, 1, 1, 1.39, 1.95, 2.71, 3.79, 5.28, 7.37, 10.28, 14.34, 20, 20,
    ]);
    expect(retryDelay(managedEndpointRetries, 100_015)).to.equal(20);
    expect(retryDelay(managedEndpointRetries, 100_016)).to.equal(undefined);
  });

  it("of HTTP endpoints is 3 times after 20 seconds", () => {
    expect(delays(defaultHttpRetries, 4)).to.deep.equal([20, 20, 20, undefined]);
  });

  const phases = {
    numRetries: 8,
    numNoDelayRetries: 1,
    numMinDelayRetries: 1,
    numMaxDelayRetries: 1,
    minDelayTarget: 10,
    maxDelayTarget: 50,
  };
  for (const [backoffFunction, steps] of [
    ["linear", [10, 20, 30, 40, 50]],
    ["arithmetic", [10, 12.5, 20, 32.5, 50]],
    ["geometric", [10, 15, 22, 33, 50]],
  ] as const) {
    it(`grows ${backoffFunction} between its phases`, () => {
      const grown = delays({ ...phases, backoffFunction }, 9);
      expect(grown.slice(0, 2)).to.deep.equal([0, 10]);
      expect(
        grown
          .slice(2, 7)
          .map((delay) => (backoffFunction === "geometric" ? Math.round(Number(delay)) : delay)),
      ).to.deep.equal(steps);
      expect(grown.slice(7)).to.deep.equal([50, undefined]);
    });
  }
});

function makeTopic(sqs: Deliverer, attributes: Record<string, string> = {}) {
  const made = makeTopics({ deliverers: { sqs } });
  const { arn } = made.topics.create("orders");
  const subscription = made.topics.subscribe(arn, "sqs", queueArn, attributes);
  return { ...made, arn, subscriptionArn: subscription.arn };
}

describe("a delivery that meets a server error", () => {
  it("is tried again, three times at once, until it succeeds", async () => {
    const sqs = failingDeliverer(500, 503);
    const { topics, clock, arn, hops } = makeTopic(sqs);
    topics.publish(arn, publication("x"));
    expect(sqs.tries()).to.equal(1);
    await clock.advance(0);
    expect(sqs.delivered.map(({ message }) => message.text)).to.deep.equal(["x"]);
    expect(sqs.tries()).to.equal(3);
    expect(hops("retrying").map(({ reason, to }) => [reason, to])).to.deep.equal([
      ["answered 500", queueArn],
      ["answered 503", queueArn],
    ]);
    await clock.advance(seconds(3600));
    expect(sqs.tries()).to.equal(3);
  });

  it("waits as the policy says", async () => {
    const sqs = failingDeliverer(...Array.from({ length: 7 }, () => 500));
    const { topics, clock, arn, hops } = makeTopic(sqs);
    const start = clock.now();
    topics.publish(arn, publication("x"));
    await clock.advance(seconds(10));
    expect(sqs.delivered).to.have.length(1);
    expect(hops("retrying").map(({ at }) => at - start)).to.deep.equal([
      0, 0, 0, 1000, 2000, 3000, 4395,
    ]);
  });

  it("delivers the same message, with its first time and id", async () => {
    const sqs = failingDeliverer(...Array.from({ length: 5 }, () => 500));
    const { topics, clock, arn } = makeTopic(sqs);
    const timestamp = clock.now();
    const attributes = { a: { dataType: "String", stringValue: "x" } };
    const { messageId } = topics.publish(arn, publication("x", { subject: "s", attributes }));
    await clock.advance(seconds(60));
    expect(sqs.delivered[0]?.message).to.deep.include({
      messageId,
      timestamp,
      subject: "s",
      attributes,
    });
  });

  it("is given up when the subscription ends", async () => {
    const sqs = failingDeliverer(...Array.from({ length: 5 }, () => 500));
    const { topics, clock, arn, subscriptionArn } = makeTopic(sqs);
    topics.publish(arn, publication("x"));
    await clock.advance(0);
    topics.unsubscribe(subscriptionArn);
    await clock.advance(seconds(3600));
    expect(sqs.tries()).to.equal(4);
    expect(sqs.delivered).to.deep.equal([]);
  });

  it("does not keep other messages of a standard topic waiting", async () => {
    const sqs = failingDeliverer(500, 500, 500, 500);
    const { topics, clock, arn } = makeTopic(sqs);
    topics.publish(arn, publication("slow", { groupId: "g" }));
    await clock.advance(0);
    topics.publish(arn, publication("quick", { groupId: "g" }));
    expect(sqs.delivered.map(({ message }) => message.text)).to.deep.equal(["quick"]);
    await clock.advance(seconds(1));
    expect(sqs.delivered.map(({ message }) => message.text)).to.deep.equal(["quick", "slow"]);
  });
});

describe("a delivery of a FIFO topic that meets a server error", () => {
  function makeFifoTopic(sqs: Deliverer) {
    const made = makeTopics({ deliverers: { sqs } });
    const { arn } = made.topics.create("orders.fifo", {
      FifoTopic: "true",
      ContentBasedDeduplication: "true",
    });
    made.topics.subscribe(arn, "sqs", `${queueArn}.fifo`);
    const publish = (text: string, groupId: string) =>
      made.topics.publish(arn, publication(text, { groupId }));
    return { ...made, publish };
  }

  it("keeps the later messages of its group waiting, and no others", async () => {
    const sqs = failingDeliverer(500, 500, 500, 500, 500);
    const { publish, clock } = makeFifoTopic(sqs);
    const delivered = () => sqs.delivered.map(({ message }) => message.text);
    publish("1", "a");
    await clock.advance(0);
    publish("2", "a");
    publish("3", "a");
    await clock.advance(seconds(1));
    expect(delivered()).to.deep.equal([]);
    publish("4", "b");
    expect(delivered()).to.deep.equal(["4"]);
    await clock.advance(seconds(1));
    expect(delivered()).to.deep.equal(["4", "1", "2", "3"]);
    publish("5", "a");
    expect(delivered()).to.deep.equal(["4", "1", "2", "3", "5"]);
  });

  it("lets its group go on when it is given up", async () => {
    const sqs = failingDeliverer(500, 500, 500, 500, 400);
    const { publish, clock, hops } = makeFifoTopic(sqs);
    publish("1", "a");
    publish("2", "a");
    await clock.advance(seconds(1));
    expect(hops("dropped").map(({ reason }) => reason)).to.deep.equal([
      "failed after 4 retries: answered 400",
    ]);
    expect(sqs.delivered.map(({ message }) => message.text)).to.deep.equal(["2"]);
  });
});

describe("a delivery that takes its time", () => {
  it("keeps the later messages of its FIFO group waiting", async () => {
    const delivered: string[] = [];
    const finish: (() => void)[] = [];
    const sqs: Deliverer = {
      deliver({ message }) {
        delivered.push(message.text);
        return new Promise((resolve) => finish.push(resolve));
      },
    };
    const clock = new ManualClock();
    const { topics } = makeTopics({ clock, deliverers: { sqs } });
    const fifo = { FifoTopic: "true", ContentBasedDeduplication: "true" };
    const { arn } = topics.create("orders.fifo", fifo);
    topics.subscribe(arn, "sqs", `${queueArn}.fifo`);
    for (const text of ["1", "2"]) topics.publish(arn, publication(text, { groupId: "g" }));
    await clock.advance(seconds(5));
    expect(delivered).to.deep.equal(["1"]);
    finish[0]?.();
    await clock.advance(seconds(1));
    expect(delivered).to.deep.equal(["1", "2"]);
  });

  it("is tried again when it rejects with a server error", async () => {
    const failures = [500, 500];
    const inner = failingDeliverer(...failures);
    const sqs: Deliverer = { deliver: async (delivery) => inner.deliver(delivery) };
    const { topics, clock, arn, hops } = makeTopic(sqs);
    topics.publish(arn, publication("x"));
    await clock.advance(0);
    expect(inner.delivered).to.have.length(1);
    expect(hops("retrying")).to.have.length(2);
  });
});
