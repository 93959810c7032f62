import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Deliverer } from "../../../../local/services/sns/delivery.ts";
import { openStore } from "../../../../local/storage/store.ts";
import { failingDeliverer } from "../../../harness/cloud/failingDeliverer.ts";
import { makeTopics, publication } from "../../../harness/cloud/topics.ts";

describe("topics in a data directory", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "topics-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Runs the topics of the directory until `work` ends; then the store is closed as a kill would. */
  function run<T>(work: (made: ReturnType<typeof makeTopics>) => T, sqs?: Deliverer): T {
    const store = openStore(directory);
    try {
      return work(makeTopics({ store, ...(sqs && { deliverers: { sqs } }) }));
    } finally {
      store.close();
    }
  }

  const fifo = { FifoTopic: "true", ContentBasedDeduplication: "true" };

  it("are there again with attributes, tags, subscriptions and filters", () => {
    const { arn, attributes, subscription } = run(({ topics, queues }) => {
      const { arn } = topics.create("orders", { DisplayName: "Orders" }, { team: "red" });
      const { arn: queueArn } = queues.create("audit");
      const filter = { FilterPolicy: '{"kind":["a"]}', RawMessageDelivery: "true" };
      const subscription = topics.subscribe(arn, "sqs", queueArn, filter).arn;
      topics.subscribe(arn, "email", "ada@example.com");
      return { arn, attributes: topics.attributes(arn), subscription };
    });
    run(({ topics, receive }) => {
      expect(topics.attributes(arn)).to.deep.equal(attributes);
      expect(topics.get(arn).tags).to.deep.equal({ team: "red" });
      expect(
        topics.subscriptions(arn).map(({ protocol, status }) => [protocol, status]),
      ).to.deep.equal([
        ["sqs", "confirmed"],
        ["email", "pending"],
      ]);
      for (const kind of ["a", "b"]) {
        const attributes = { kind: { dataType: "String", stringValue: kind } };
        topics.publish(arn, publication(kind, { attributes }));
      }
      const queueArn = topics.subscription(subscription).endpoint;
      expect(receive(queueArn).map(({ body }) => body)).to.deep.equal(["a"]);
    });
  });

  it("still know the duplicates of the last five minutes, and where the sequence was", () => {
    const first = run(({ topics }) => {
      const { arn } = topics.create("orders.fifo", fifo);
      return { arn, published: topics.publish(arn, publication("x", { groupId: "g" })) };
    });
    run(({ topics }) => {
      const again = topics.publish(first.arn, publication("x", { groupId: "g" }));
      expect(again).to.deep.equal(first.published);
      const next = topics.publish(first.arn, publication("y", { groupId: "g" }));
      expect(Number(next.sequenceNumber)).to.be.above(Number(first.published.sequenceNumber));
    });
  });

  it("take up the deliveries that were to be tried again, in the order of their group", async () => {
    const queueArn = "arn:aws:sqs:eu-west-1:000000000000:audit.fifo";
    run(({ topics }) => {
      const { arn } = topics.create("orders.fifo", fifo);
      topics.subscribe(arn, "sqs", queueArn);
      for (const text of ["1", "2", "3"]) topics.publish(arn, publication(text, { groupId: "g" }));
    }, failingDeliverer(500));
    const sqs = failingDeliverer(500);
    const store = openStore(directory);
    const { clock } = makeTopics({ store, deliverers: { sqs } });
    await clock.advance(0);
    store.close();
    expect(sqs.delivered.map(({ message }) => message.text)).to.deep.equal(["1", "2", "3"]);
    run(({ topics }) => expect(topics.list()).to.have.length(1), failingDeliverer());
  });

  it("try a delivery again that was under way when the process ended", async () => {
    const { subscriptionArn } = run(
      ({ topics }) => {
        const { arn } = topics.create("orders");
        const queueArn = "arn:aws:sqs:eu-west-1:000000000000:audit";
        const { arn: subscriptionArn } = topics.subscribe(arn, "sqs", queueArn);
        topics.publish(arn, publication("x"));
        return { subscriptionArn };
      },
      { deliver: () => new Promise(() => undefined) },
    );
    const sqs = failingDeliverer();
    const store = openStore(directory);
    const { clock } = makeTopics({ store, deliverers: { sqs } });
    await clock.advance(0);
    expect(
      sqs.delivered.map(({ subscription, message }) => [subscription.arn, message.text]),
    ).to.deep.equal([[subscriptionArn, "x"]]);
    await makeTopics({ store, deliverers: { sqs } }).clock.advance(0);
    store.close();
    expect(sqs.tries()).to.equal(1);
  });

  it("leave a delivery that ends after they are closed to the next run", async () => {
    let finish = () => {};
    const slow: Deliverer = { deliver: () => new Promise((resolve) => (finish = resolve)) };
    const first = openStore(directory);
    const { topics, activity } = makeTopics({ store: first, deliverers: { sqs: slow } });
    const { arn } = topics.create("orders");
    topics.subscribe(arn, "sqs", "arn:aws:sqs:eu-west-1:000000000000:audit");
    topics.publish(arn, publication("x"));
    topics.close();
    first.close();
    finish();
    await activity.idle();
    const sqs = failingDeliverer();
    const store = openStore(directory);
    await makeTopics({ store, deliverers: { sqs } }).clock.advance(0);
    store.close();
    expect(sqs.delivered.map(({ message }) => message.text)).to.deep.equal(["x"]);
  });

  it("accept all of a publication or nothing of it", () => {
    const defect: Deliverer = {
      deliver() {
        throw new Error("a defect");
      },
    };
    run(({ topics, queues }) => {
      const { arn } = topics.create("orders.fifo", fifo);
      topics.subscribe(arn, "sqs", queues.create("a.fifo", { FifoQueue: "true" }).arn);
      expect(() => topics.publish(arn, publication("x", { groupId: "g" }))).to.throw("a defect");
    }, defect);
    run(({ topics, hops }) => {
      const [topic] = topics.list();
      topics.publish(topic?.arn ?? "", publication("x", { groupId: "g" }));
      expect(hops("deduplicated")).to.deep.equal([]);
      expect(hops("published")).to.have.length(1);
    });
  });
});
