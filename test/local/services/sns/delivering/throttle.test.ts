import { expect } from "chai";
import { AwsError } from "../../../../../local/protocol/awsError.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

describe("the throttle of an HTTP subscription", () => {
  const second = 1000;

  /** A topic with a confirmed subscription whose deliveries are written down. */
  function throttled(topicPolicy?: object, policy?: object, fails: readonly string[] = []) {
    const delivered: [second: number, text: string][] = [];
    const failing = new Set(fails);
    const made = makeTopics({
      deliverers: {
        http: {
          deliver: ({ message: { text } }) => {
            delivered.push([(made.clock.now() - start) / second, text]);
            if (failing.delete(text)) throw new AwsError("Busy", "busy", { status: 503 });
          },
        },
      },
    });
    const start = made.clock.now();
    const text = (value: object | undefined): Record<string, string> =>
      value === undefined ? {} : { DeliveryPolicy: JSON.stringify(value) };
    const { arn } = made.topics.create("orders", text(topicPolicy));
    made.topics.subscribe(arn, "http", "http://localhost:1/hook", text(policy));
    const publish = (...texts: string[]) => {
      for (const each of texts) made.topics.publish(arn, publication(each));
    };
    return { ...made, publish, delivered };
  }

  it("lets no second have more deliveries, and loses none", async () => {
    const policy = { throttlePolicy: { maxReceivesPerSecond: 2 } };
    const { publish, delivered, clock } = throttled(undefined, policy);
    publish("a", "b", "c", "d", "e");
    expect(delivered).to.deep.equal([
      [0, "a"],
      [0, "b"],
    ]);
    await clock.advance(second);
    publish("f");
    await clock.advance(5 * second);
    expect(delivered.slice(2)).to.deep.equal([
      [1, "c"],
      [1, "d"],
      [2, "e"],
      [2, "f"],
    ]);
    publish("g");
    expect(delivered.at(-1)).to.deep.equal([6, "g"]);
  });

  it("is the topic's, unless the subscription has its own", async () => {
    const topicPolicy = { http: { defaultThrottlePolicy: { maxReceivesPerSecond: 1 } } };
    const inherited = throttled(topicPolicy);
    inherited.publish("a", "b");
    expect(inherited.delivered).to.have.length(1);
    const own = throttled(topicPolicy, { throttlePolicy: { maxReceivesPerSecond: 5 } });
    own.publish("a", "b");
    expect(own.delivered).to.have.length(2);
    const none = throttled();
    none.publish(..."abcdefgh");
    expect(none.delivered).to.have.length(8);
  });

  it("counts retries, too", async () => {
    const retries = { minDelayTarget: 1, maxDelayTarget: 1, numRetries: 1 };
    const policy = { healthyRetryPolicy: retries, throttlePolicy: { maxReceivesPerSecond: 1 } };
    const { publish, delivered, clock } = throttled(undefined, policy, ["a"]);
    publish("a", "b");
    await clock.advance(10 * second);
    expect(delivered).to.deep.equal([
      [0, "a"],
      [1, "a"],
      [2, "b"],
    ]);
  });
});
