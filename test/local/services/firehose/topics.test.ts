import { expect } from "chai";
import { startStreams } from "../../../harness/cloud/streams.ts";
import { publication } from "../../../harness/cloud/topics.ts";

const sender = "arn:aws:iam::000000000000:role/sender";

describe("a topic's delivery stream", () => {
  /** A topic that writes to a stream, by a role that may, unless the test says otherwise. */
  function subscribed(attributes: Record<string, string> = {}, action = "firehose:PutRecord") {
    const started = startStreams();
    const { cloud } = started;
    const { arn: streamArn } = started.create();
    const statement = { Effect: "Allow", Action: action, Resource: streamArn };
    cloud.permissions.setRolePolicy(sender, "put", { Version: "2012-10-17", Statement: statement });
    const { arn: topicArn } = cloud.topics.create("orders");
    cloud.topics.subscribe(topicArn, "firehose", streamArn, {
      SubscriptionRoleArn: sender,
      ...attributes,
    });
    const publish = (text: string) => {
      const given = { a: { dataType: "String", stringValue: "b" } };
      const by = publication(text, { subject: "News", attributes: given });
      return cloud.topics.publish(topicArn, by).messageId;
    };
    return { ...started, streamArn, topicArn, publish };
  }

  it("gets each message as a line, in the envelope without a signature", async () => {
    const { publish, clock, objects, topicArn } = subscribed();
    const [first, second] = [publish("one"), publish("two")];
    await clock.advance(300_000);
    const [text = ""] = objects().values();
    const lines = text.split("\n");
    expect(lines).to.have.length(3).and.to.have.property("2", "");
    const [one, two] = lines.slice(0, 2).map((line) => JSON.parse(line));
    expect(two).to.include({ MessageId: second, Message: "two" });
    expect(Object.entries(one)).to.deep.equal([
      ["Type", "Notification"],
      ["MessageId", first],
      ["TopicArn", topicArn],
      ["Subject", "News"],
      ["Message", "one"],
      ["Timestamp", "2026-01-01T00:00:00.000Z"],
      ["UnsubscribeURL", one.UnsubscribeURL],
      ["MessageAttributes", { a: { Type: "String", Value: "b" } }],
    ]);
  });

  it("gets the message alone when delivery is raw", async () => {
    const { publish, clock, objects } = subscribed({ RawMessageDelivery: "true" });
    publish("one");
    await clock.advance(300_000);
    expect([...objects().values()]).to.deep.equal(["one\n"]);
  });

  it("shows in the trace, from the topic to the bucket", async () => {
    const { publish, clock, steps, streamArn, objects } = subscribed();
    const event = publish("one");
    await clock.advance(300_000);
    const [key] = objects().keys();
    const [published, sent, stored] = steps(event);
    expect(published).to.include({ kind: "published" });
    expect(sent).to.include({ kind: "sent", summary: "record", to: streamArn });
    expect(stored).to.include({ kind: "stored", from: streamArn, key });
    expect(steps(event)).to.have.length(3);
  });

  it("gets nothing when the subscription's role may not write to it: the dead-letter queue does", async () => {
    const { cloud, clock, objects, streamArn, topicArn } = subscribed({}, "firehose:ListTags");
    const { arn: deadLetterTargetArn } = cloud.queues.create("undelivered", {
      Policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: "*",
        },
      }),
    });
    const [subscription] = cloud.topics.subscriptions(topicArn);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn });
    cloud.topics.setSubscriptionAttributes(subscription?.arn ?? "", { RedrivePolicy });
    const { messageId } = cloud.topics.publish(topicArn, publication("one"));
    await clock.advance(300_000);
    expect(objects().size).to.equal(0);
    const kinds = cloud.trace.recent().filter(({ event }) => event === messageId);
    expect(kinds.map(({ kind }) => kind)).to.deep.equal([
      "published",
      "denied",
      "queued",
      "deadLettered",
    ]);
    expect(kinds[1]).to.include({ to: streamArn });
    expect(JSON.stringify(kinds[1])).to.include("firehose:PutRecord");
    expect(cloud.queues.receiveNow(deadLetterTargetArn, { maxMessages: 10 })).to.have.length(1);
  });
});
