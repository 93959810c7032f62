import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const day = 24 * 60 * 60_000;
const policy = JSON.stringify({ MessageRetentionPeriod: "2" });

describe("the archive of a FIFO topic", () => {
  it("begins when it is activated, and moves on with the retention", async () => {
    const { topics, clock } = makeTopics();
    const { arn } = topics.create("orders.fifo", { FifoTopic: "true" });
    expect(topics.attributes(arn)).not.to.have.any.keys("ArchivePolicy", "BeginningArchiveTime");
    await clock.advance(1000);
    const activated = clock.now();
    topics.setAttributes(arn, { ArchivePolicy: policy });
    await clock.advance(day);
    expect(topics.attributes(arn)).to.include({
      ArchivePolicy: policy,
      BeginningArchiveTime: new Date(activated).toISOString(),
    });
    await clock.advance(2 * day);
    expect(topics.attributes(arn)).to.include({
      BeginningArchiveTime: new Date(clock.now() - 2 * day).toISOString(),
    });
  });

  it("keeps its beginning when the retention changes", async () => {
    const { topics, clock } = makeTopics();
    const attributes = { FifoTopic: "true", ArchivePolicy: policy };
    const { arn } = topics.create("orders.fifo", attributes);
    const { BeginningArchiveTime } = topics.attributes(arn);
    await clock.advance(1000);
    topics.setAttributes(arn, { ArchivePolicy: '{"MessageRetentionPeriod":"365"}' });
    expect(topics.attributes(arn)).to.include({ BeginningArchiveTime });
  });

  it("prevents the deletion of the topic until it is deactivated", async () => {
    const { topics } = makeTopics();
    const attributes = { FifoTopic: "true", ArchivePolicy: policy };
    const { arn } = topics.create("orders.fifo", attributes);
    const error = await awsErrorOf(() => topics.delete(arn));
    expect(error).to.include({
      code: "InvalidState",
      message: "Invalid state: Cannot delete a topic with an ArchivePolicy",
    });
    topics.setAttributes(arn, { ArchivePolicy: "{}" });
    expect(topics.attributes(arn)).not.to.have.property("BeginningArchiveTime");
    topics.delete(arn);
    expect(topics.find(arn)).to.equal(undefined);
  });

  it("loses its messages when it is deactivated", async () => {
    const { topics, queues, clock, receive } = makeTopics();
    const attributes = { FifoTopic: "true", ArchivePolicy: policy };
    const { arn } = topics.create("orders.fifo", attributes);
    topics.publish(arn, publication("1", { groupId: "a", deduplicationId: "1" }));
    topics.setAttributes(arn, { ArchivePolicy: "{}" });
    topics.setAttributes(arn, { ArchivePolicy: policy });
    const queue = queues.create("late.fifo", { FifoQueue: "true" });
    topics.subscribe(arn, "sqs", queue.arn, {
      ReplayPolicy: JSON.stringify({
        PointType: "Timestamp",
        StartingPoint: new Date(clock.now()).toISOString(),
      }),
    });
    await clock.advance(1000);
    expect(receive(queue.arn)).to.deep.equal([]);
  });

  for (const [what, name, value, problem] of [
    ["a standard topic", "news", policy, "Only FIFO topics have this attribute"],
    ["no days", "orders.fifo", '{"MessageRetentionPeriod":"0"}', "Invalid value"],
    ["366 days", "orders.fifo", '{"MessageRetentionPeriod":"366"}', "Invalid value"],
    ["a number instead of a text", "orders.fifo", '{"MessageRetentionPeriod":2}', "Invalid value"],
    ["an empty text", "orders.fifo", "", "Invalid value"],
  ] as const) {
    it(`rejects ${what}`, async () => {
      const { topics } = makeTopics();
      const fifo = name.endsWith(".fifo");
      const { arn } = topics.create(name, fifo ? { FifoTopic: "true" } : {});
      const error = await awsErrorOf(() => topics.setAttributes(arn, { ArchivePolicy: value }));
      expect(error.code).to.equal("InvalidParameter");
      expect(error.message).to.include(`ArchivePolicy: ${problem}`);
    });
  }
});
