import { expect } from "chai";
import type { MessageAttributes } from "../../../../../aws/messageAttributes.ts";
import { endpoint, makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:audit";
const attributes: MessageAttributes = {
  number: { dataType: "Number", stringValue: "99.12" },
  binary: { dataType: "Binary", binaryValue: "AgME" },
};

function makeTopic({ fifo = false, raw = "false", topic = {} } = {}) {
  const made = makeTopics();
  const suffix = fifo ? ".fifo" : "";
  const queueArn = made.queues.create(`audit${suffix}`, fifo ? { FifoQueue: "true" } : {}).arn;
  const { arn } = made.topics.create(`orders${suffix}`, {
    ...topic,
    ...(fifo && { FifoTopic: "true", ContentBasedDeduplication: "true" }),
  });
  const subscription = made.topics.subscribe(arn, "sqs", queueArn, { RawMessageDelivery: raw });
  return { ...made, arn, queueArn, subscriptionArn: subscription.arn };
}

describe("the envelope in which a queue gets a message", () => {
  it("has AWS's members in AWS's order", () => {
    const { topics, clock, arn, queueArn, subscriptionArn, receive } = makeTopic();
    const { messageId } = topics.publish(
      arn,
      publication('say "hi" ö', { subject: "Greeting", attributes }),
    );
    const [message] = receive(queueArn);
    expect(message?.attributes).to.deep.equal({});
    const envelope = JSON.parse(message?.body ?? "");
    expect(Object.entries(envelope)).to.deep.equal([
      ["Type", "Notification"],
      ["MessageId", messageId],
      ["TopicArn", arn],
      ["Subject", "Greeting"],
      ["Message", 'say "hi" ö'],
      ["Timestamp", new Date(clock.now()).toISOString()],
      ["SignatureVersion", "1"],
      ["Signature", envelope.Signature],
      ["SigningCertURL", topics.signer.certificateUrl],
      ["UnsubscribeURL", `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`],
      [
        "MessageAttributes",
        {
          number: { Type: "Number", Value: "99.12" },
          binary: { Type: "Binary", Value: "AgME" },
        },
      ],
    ]);
    expect(envelope.Signature).to.match(/^[A-Za-z0-9+/]+=*$/);
  });

  it("leaves out the subject and the attributes where there are none", () => {
    const { topics, arn, queueArn, receive } = makeTopic();
    topics.publish(arn, publication("x"));
    const envelope = JSON.parse(receive(queueArn)[0]?.body ?? "");
    expect(envelope).to.not.have.any.keys("Subject", "MessageAttributes", "SequenceNumber");
  });

  it("names the topic's signature version", () => {
    const { topics, arn, queueArn, receive } = makeTopic({ topic: { SignatureVersion: "2" } });
    topics.publish(arn, publication("x"));
    expect(JSON.parse(receive(queueArn)[0]?.body ?? "").SignatureVersion).to.equal("2");
  });

  it("of a FIFO topic has a sequence number, and no signature", () => {
    const { topics, clock, arn, queueArn, subscriptionArn, receive } = makeTopic({ fifo: true });
    const { messageId, sequenceNumber } = topics.publish(arn, publication("x", { groupId: "g" }));
    const envelope = JSON.parse(receive(queueArn)[0]?.body ?? "");
    expect(Object.entries(envelope)).to.deep.equal([
      ["Type", "Notification"],
      ["MessageId", messageId],
      ["SequenceNumber", sequenceNumber],
      ["TopicArn", arn],
      ["Message", "x"],
      ["Timestamp", new Date(clock.now()).toISOString()],
      ["UnsubscribeURL", `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`],
    ]);
  });
});

describe("raw delivery to a queue", () => {
  it("is the message itself, with its attributes as the queue's", () => {
    const { topics, arn, queueArn, receive } = makeTopic({ raw: "true" });
    topics.publish(arn, publication("x", { subject: "Not shown", attributes }));
    const [message] = receive(queueArn);
    expect(message).to.deep.include({ body: "x", attributes });
    expect(message?.md5OfAttributes).to.be.a("string");
  });

  it("of more than ten attributes is a client error: the message is lost", async () => {
    const { topics, clock, arn, queueArn, receive, hops } = makeTopic({ raw: "true" });
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `a${index}`,
          { dataType: "String", stringValue: "x" },
        ]),
      );
    topics.publish(arn, publication("ten", { attributes: many(10) }));
    topics.publish(arn, publication("eleven", { attributes: many(11) }));
    await clock.advance(60_000);
    expect(receive(queueArn).map(({ body }) => body)).to.deep.equal(["ten"]);
    expect(hops("dropped").map(({ to }) => to)).to.deep.equal([queueArn]);
    expect(hops("retrying")).to.deep.equal([]);
  });

  it("can be switched while the topic is in use", () => {
    const { topics, arn, queueArn, subscriptionArn, receive } = makeTopic();
    topics.setSubscriptionAttributes(subscriptionArn, { RawMessageDelivery: "true" });
    topics.publish(arn, publication("x"));
    expect(receive(queueArn)[0]?.body).to.equal("x");
  });
});

describe("the event that a function gets", () => {
  it("has AWS's members in AWS's order", () => {
    const { topics, clock, functions, arn } = makeTopic();
    const { arn: subscriptionArn } = topics.subscribe(arn, "lambda", functionArn);
    const { messageId } = topics.publish(
      arn,
      publication("x", { subject: "Greeting", attributes, event: "upload-1" }),
    );
    const [invokedArn, payload = "", options] = functions.invocations[0] ?? [];
    expect(invokedArn).to.equal(functionArn);
    expect(options).to.deep.equal({ event: "upload-1", from: arn });
    const { Records: records } = JSON.parse(payload);
    expect(records).to.have.length(1);
    const [{ Sns, ...record }] = records;
    expect(Object.entries(record)).to.deep.equal([
      ["EventSource", "aws:sns"],
      ["EventVersion", "1.0"],
      ["EventSubscriptionArn", subscriptionArn],
    ]);
    expect(Object.entries(Sns)).to.deep.equal([
      ["Type", "Notification"],
      ["MessageId", messageId],
      ["TopicArn", arn],
      ["Subject", "Greeting"],
      ["Message", "x"],
      ["Timestamp", new Date(clock.now()).toISOString()],
      ["SignatureVersion", "1"],
      ["Signature", Sns.Signature],
      ["SigningCertUrl", topics.signer.certificateUrl],
      ["UnsubscribeUrl", `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`],
      [
        "MessageAttributes",
        {
          number: { Type: "Number", Value: "99.12" },
          binary: { Type: "Binary", Value: "AgME" },
        },
      ],
    ]);
  });

  it("says version 1 of a signature by SHA-256, too", () => {
    const { topics, functions, arn } = makeTopic({ topic: { SignatureVersion: "2" } });
    topics.subscribe(arn, "lambda", functionArn);
    topics.publish(arn, publication("x"));
    const [, payload = ""] = functions.invocations[0] ?? [];
    const [{ Sns }] = JSON.parse(payload).Records;
    const { Message, MessageId, Timestamp, TopicArn, Type } = Sns;
    const members = { Message, MessageId, Timestamp, TopicArn, Type };
    expect(Sns.SignatureVersion).to.equal("1");
    expect(Sns.Signature).to.equal(topics.signer.sign("2", members));
  });

  it("has a subject of null and no attributes where there are none", () => {
    const { topics, functions, arn } = makeTopic();
    topics.subscribe(arn, "lambda", functionArn);
    topics.publish(arn, publication("x"));
    const { Sns } = JSON.parse(functions.invocations[0]?.[1] ?? "").Records[0];
    expect(Sns).to.deep.include({ Subject: null, MessageAttributes: {} });
  });
});
