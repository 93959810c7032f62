import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Publication } from "../../../../../local/services/sns/interface.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const minutes = (count: number) => count * 60_000;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function makeFifoTopic(attributes: Record<string, string> = {}) {
  const made = makeTopics();
  const { arn } = made.topics.create("orders.fifo", { FifoTopic: "true", ...attributes });
  const queueArns = ["a.fifo", "b.fifo"].map((name) => {
    const queueArn = made.queues.create(name, { FifoQueue: "true" }).arn;
    made.topics.subscribe(arn, "sqs", queueArn, { RawMessageDelivery: "true" });
    return queueArn;
  });
  const publish = (message: string, groupId: string, more: Partial<Publication> = {}) =>
    made.topics.publish(arn, publication(message, { groupId, ...more }));
  return { ...made, arn, queueArns, queueArn: queueArns[0] ?? "", publish };
}

const byContent = { ContentBasedDeduplication: "true" };

describe("a FIFO topic", () => {
  it("wants a message group, and a deduplication id unless it deduplicates by content", () => {
    const { topics, arn } = makeFifoTopic();
    const noGroup = "Invalid parameter: The MessageGroupId parameter is required for FIFO topics";
    const noDeduplication =
      "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly";
    expect(awsErrorOf(() => topics.publish(arn, publication("x"))).message).to.equal(noGroup);
    const noDefault = publication("{}", { messageStructure: "json" });
    expect(awsErrorOf(() => topics.publish(arn, noDefault)).message).to.equal(
      "Invalid parameter: Message Structure - No default entry in JSON message body",
    );
    expect(
      awsErrorOf(() => topics.publish(arn, publication("x", { groupId: "g" }))).message,
    ).to.equal(noDeduplication);
    expect(
      awsErrorOf(() => topics.publishBatch(arn, [{ ...publication("x"), id: "1" }])).message,
    ).to.equal(noGroup);
  });

  it("refuses ids of other characters than letters, digits and punctuation", () => {
    const { publish } = makeFifoTopic(byContent);
    const allowed = "can only include alphanumeric and punctuation characters. 1 to 128 in length";
    for (const id of ["a b", "é", "a".repeat(129)]) {
      expect(awsErrorOf(() => publish("x", id)).message).to.equal(
        `Invalid parameter: MessageGroupId Reason: MessageGroupId ${allowed}`,
      );
      expect(awsErrorOf(() => publish("x", "g", { deduplicationId: id })).message).to.equal(
        `Invalid parameter: MessageDeduplicationId Reason: MessageDeduplicationId ${allowed}`,
      );
    }
    expect(publish("x", "a".repeat(128), { deduplicationId: "~!".repeat(64) })).to.have.all.keys(
      "messageId",
      "sequenceNumber",
    );
  });

  it("gives growing sequence numbers of 20 digits", () => {
    const { publish } = makeFifoTopic(byContent);
    const numbers = ["a", "b", "c"].map((body) => publish(body, "g").sequenceNumber ?? "");
    for (const number of numbers) expect(number).to.match(/^\d{20}$/);
    expect(numbers).to.deep.equal([...numbers].sort());
    expect(new Set(numbers).size).to.equal(3);
  });

  it("delivers in the order of publishing, the same to every subscriber", () => {
    const { publish, queueArns, receive } = makeFifoTopic(byContent);
    const sent = ["1", "2", "3", "4", "5"];
    for (const body of sent) publish(body, "g");
    for (const queueArn of queueArns) {
      expect(receive(queueArn).map(({ body }) => body)).to.deep.equal(sent);
    }
  });

  it("passes the group and the deduplication id on to a FIFO queue", () => {
    const { publish, queueArn, receive } = makeFifoTopic(byContent);
    publish("Test", "group-1");
    publish("Other", "group-1", { deduplicationId: "id-2" });
    const [first, second] = receive(queueArn).map(({ systemAttributes }) => systemAttributes);
    expect(first).to.include({
      MessageGroupId: "group-1",
      MessageDeduplicationId: "532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25",
    });
    expect(second).to.include({ MessageGroupId: "group-1", MessageDeduplicationId: "id-2" });
  });

  it("keeps both from a standard queue", () => {
    const { topics, queues, arn, publish, receive } = makeFifoTopic(byContent);
    const { arn: standard } = queues.create("standard");
    topics.subscribe(arn, "sqs", standard);
    publish("Test", "g");
    const [message] = receive(standard);
    expect(message?.systemAttributes).to.not.have.any.keys(
      "MessageGroupId",
      "MessageDeduplicationId",
    );
    expect(JSON.parse(message?.body ?? "{}")).to.include.keys("SequenceNumber");
  });
});

describe("the deduplication of a FIFO topic", () => {
  it("returns the first message's ids for a duplicate, and does not deliver it", () => {
    const { publish, queues, queueArns, hops } = makeFifoTopic(byContent);
    const first = publish("x", "g");
    expect(publish("x", "g")).to.deep.equal(first);
    for (const queueArn of queueArns) expect(queues.counts(queueArn).visible).to.equal(1);
    expect(hops("published")).to.have.length(1);
    expect(hops("deduplicated").map(({ messageId }) => messageId)).to.deep.equal([first.messageId]);
  });

  it("does the same in a batch", () => {
    const { topics, arn, queues, queueArn } = makeFifoTopic(byContent);
    const entries = ["a", "b"].map((id) => ({ ...publication(id, { groupId: "g" }), id }));
    const first = topics.publishBatch(arn, entries);
    expect(topics.publishBatch(arn, entries)).to.deep.equal(first);
    expect(queues.counts(queueArn).visible).to.equal(2);
  });

  it("lasts five minutes from the first message, whether it is still queued or not", async () => {
    const { clock, publish, queues, queueArn, receive, hops } = makeFifoTopic(byContent);
    const first = publish("x", "g");
    queues.deleteMessage(queueArn, receive(queueArn)[0]?.receiptHandle ?? "");
    await clock.advance(minutes(5) - 1);
    expect(publish("x", "g")).to.deep.equal(first);
    await clock.advance(1);
    expect(publish("x", "g").messageId).to.not.equal(first.messageId);
    expect(hops("published")).to.have.length(2);
  });

  it("compares the text only, not the attributes", () => {
    const { publish, hops } = makeFifoTopic(byContent);
    publish("x", "g", { attributes: { a: { dataType: "String", stringValue: "1" } } });
    publish("x", "g", { attributes: { a: { dataType: "String", stringValue: "2" } } });
    expect(hops("deduplicated")).to.have.length(1);
  });

  it("prefers an id that is given, which counts like one made from the text", () => {
    const { publish, hops } = makeFifoTopic(byContent);
    publish("x", "g", { deduplicationId: "1" });
    publish("x", "g", { deduplicationId: "2" });
    publish("y", "g", { deduplicationId: "2" });
    publish("z", "g");
    publish("other", "g", { deduplicationId: sha256("z") });
    expect(hops("published").map(({ body }) => body)).to.deep.equal(["x", "x", "z"]);
    expect(hops("deduplicated")).to.have.length(2);
  });

  it("covers the whole topic", () => {
    const { publish, hops } = makeFifoTopic(byContent);
    publish("x", "g1");
    publish("x", "g2");
    expect(hops("published")).to.have.length(1);
  });

  it("covers one message group where FifoThroughputScope says so", () => {
    const { publish, hops, arn } = makeFifoTopic({
      ...byContent,
      FifoThroughputScope: "MessageGroup",
    });
    publish("x", "g1");
    publish("x", "g2");
    publish("x", "g1");
    expect(hops("published")).to.have.length(2);
    // The queues deduplicate for themselves, and over all groups unless told otherwise.
    expect(hops("deduplicated").filter(({ to }) => to === arn)).to.have.length(1);
  });

  it("of one topic does not end with another topic, and does not reach into it", () => {
    const { topics, publish, arn, hops } = makeFifoTopic(byContent);
    const other = topics.create("other.fifo", { FifoTopic: "true", ...byContent }).arn;
    topics.publish(other, publication("x", { groupId: "g" }));
    publish("x", "g");
    expect(hops("published").map(({ to }) => to)).to.deep.equal([other, arn]);
    topics.delete(other);
    publish("x", "g");
    expect(hops("published")).to.have.length(2);
  });

  it("keeps no id for longer than a second after its five minutes", async () => {
    const { store, clock, publish } = makeFifoTopic();
    const send = (id: string) => publish(id, "g", { deduplicationId: id });
    const kept = () =>
      store
        .prepare("SELECT deduplication_id AS id FROM topic_deduplications ORDER BY id")
        .all()
        .map(({ id }) => id);
    send("1");
    await clock.advance(500);
    send("2");
    await clock.advance(minutes(5) - 500);
    send("3");
    expect(kept()).to.deep.equal(["2", "3"]);
    await clock.advance(1000);
    send("4");
    expect(kept()).to.deep.equal(["3", "4"]);
  });

  it("ends with the topic", () => {
    const { topics, publish, arn, hops } = makeFifoTopic(byContent);
    publish("x", "g");
    topics.delete(arn);
    topics.create("orders.fifo", { FifoTopic: "true", ...byContent });
    publish("x", "g");
    expect(hops("deduplicated")).to.deep.equal([]);
  });
});
