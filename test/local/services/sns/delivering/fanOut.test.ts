import { expect } from "chai";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const price = (stringValue: string) => ({
  attributes: { price: { dataType: "Number", stringValue } },
});

function makeFanOut() {
  const made = makeTopics();
  const { arn } = made.topics.create("orders");
  const subscribe = (name: string, attributes: Record<string, string> = {}) => {
    const { arn: queueArn } = made.queues.create(name);
    const raw = { RawMessageDelivery: "true", ...attributes };
    return { queueArn, subscriptionArn: made.topics.subscribe(arn, "sqs", queueArn, raw).arn };
  };
  return { ...made, arn, subscribe };
}

describe("fan-out", () => {
  it("brings a message to every subscriber, and none to a topic's other messages", () => {
    const { topics, arn, subscribe, receive } = makeFanOut();
    const { messageId } = topics.publish(arn, publication("before"));
    expect(messageId).to.be.a("string");
    const queueArns = ["a", "b", "c"].map((name) => subscribe(name).queueArn);
    topics.publish(arn, publication("after"));
    for (const queueArn of queueArns) {
      expect(receive(queueArn).map(({ body }) => body)).to.deep.equal(["after"]);
    }
  });

  it("goes on to the others when one subscriber cannot take the message", () => {
    const { topics, queues, arn, subscribe, receive } = makeFanOut();
    const gone = subscribe("a").queueArn;
    const { queueArn } = subscribe("b");
    queues.delete(gone);
    topics.publish(arn, publication("x"));
    expect(receive(queueArn)).to.have.length(1);
  });

  it("keeps back what a subscription's filter refuses, and says why", () => {
    const { topics, queues, arn, subscribe, receive, hops } = makeFanOut();
    const all = subscribe("all").queueArn;
    const dear = subscribe("dear", { FilterPolicy: '{"price":[{"numeric":[">",100]}]}' }).queueArn;
    const cheap = subscribe("cheap", {
      FilterPolicy: '{"price":[{"numeric":["<=",100]}]}',
    }).queueArn;
    const { messageId } = topics.publish(arn, publication("x", price("99")));
    expect(receive(all)).to.have.length(1);
    expect(receive(cheap)).to.have.length(1);
    expect(queues.counts(dear).visible).to.equal(0);
    expect(hops("filtered")).to.have.length(1);
    expect(hops("filtered")[0]).to.include({
      event: messageId,
      from: arn,
      to: dear,
      reason: '"price" is 99, the filter asks for [{"numeric":[">",100]}]',
    });
  });

  it("filters each message of a batch for itself", () => {
    const { topics, arn, subscribe, receive } = makeFanOut();
    const { queueArn } = subscribe("a", { FilterPolicy: '{"price":[{"numeric":[">",100]}]}' });
    topics.publishBatch(arn, [
      { ...publication("99", price("99")), id: "1" },
      { ...publication("111", price("111")), id: "2" },
    ]);
    expect(receive(queueArn).map(({ body }) => body)).to.deep.equal(["111"]);
  });

  it("filters by the body, through the records of an S3 event", () => {
    const { topics, arn, subscribe, receive } = makeFanOut();
    const { queueArn } = subscribe("images", {
      FilterPolicy: '{"Records":{"s3":{"object":{"key":[{"suffix":".png"}]}}}}',
      FilterPolicyScope: "MessageBody",
    });
    for (const key of ["a.png", "b.txt"]) {
      const event = { Records: [{ eventName: "ObjectCreated:Put", s3: { object: { key } } }] };
      topics.publish(
        arn,
        publication(JSON.stringify(event), { subject: "Amazon S3 Notification" }),
      );
    }
    expect(
      receive(queueArn).map(({ body }) => JSON.parse(body).Records[0].s3.object.key),
    ).to.deep.equal(["a.png"]);
  });

  it("follows a filter that changes, and one that is taken away", () => {
    const { topics, arn, subscribe, receive } = makeFanOut();
    const { queueArn, subscriptionArn } = subscribe("a", { FilterPolicy: '{"price":[1]}' });
    topics.publish(arn, publication("first", price("2")));
    topics.setSubscriptionAttributes(subscriptionArn, { FilterPolicy: '{"price":[2]}' });
    topics.publish(arn, publication("second", price("2")));
    topics.setSubscriptionAttributes(subscriptionArn, { FilterPolicy: "" });
    topics.publish(arn, publication("third"));
    expect(receive(queueArn).map(({ body }) => body)).to.deep.equal(["second", "third"]);
  });

  it("leaves out pending and ended subscriptions", () => {
    const { topics, outbox, arn, subscribe, queues } = makeFanOut();
    const { queueArn, subscriptionArn } = subscribe("a");
    topics.subscribe(arn, "email", "ada@example.com");
    outbox.clear();
    topics.unsubscribe(subscriptionArn);
    topics.publish(arn, publication("x"));
    expect(queues.counts(queueArn).visible).to.equal(0);
    expect(outbox.list()).to.deep.equal([]);
  });

  it("applies the queue's own delay", async () => {
    const { topics, queues, clock, arn, subscribe, receive } = makeFanOut();
    const { queueArn } = subscribe("a");
    queues.setAttributes(queueArn, { DelaySeconds: "60" });
    topics.publish(arn, publication("x"));
    expect(receive(queueArn)).to.deep.equal([]);
    await clock.advance(60_000);
    expect(receive(queueArn)).to.have.length(1);
  });
});
