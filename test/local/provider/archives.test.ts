import { expect } from "chai";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";

const type = "aws:sns/topic:Topic";
const fifo = { name: "audit.fifo", fifoTopic: true };
const archivePolicy = '{"MessageRetentionPeriod":"30"}';

describe("a FIFO topic with an archive", () => {
  let world: ProviderWorld;
  beforeEach(() => {
    world = providerWorld();
  });
  afterEach(() => world.cloud.close());

  it("says when its archive begins", async () => {
    const { outputs } = await world.create(type, "audit", { ...fifo, archivePolicy });
    const { BeginningArchiveTime } = world.cloud.topics.attributes(String(outputs.arn));
    expect(outputs).to.include({ archivePolicy, beginningArchiveTime: BeginningArchiveTime });
  });

  it("is deleted only after its archive is deactivated by {}, as on AWS", async () => {
    const created = await world.create(type, "audit", { ...fifo, archivePolicy });
    const arn = String(created.outputs.arn);
    expect(() => world.cloud.topics.delete(arn)).to.throw(
      "Cannot delete a topic with an ArchivePolicy",
    );
    await world.update(created, { ...fifo, archivePolicy: "{}" });
    world.cloud.topics.delete(arn);
    expect(world.cloud.topics.find(arn)).to.equal(undefined);
  });

  it("is told in a preview to deactivate its archive first, when the policy is removed", async () => {
    const created = await world.create(type, "audit", { ...fifo, archivePolicy });
    expect((await failureOf(world.diff(created, fifo))).message).to.include(
      "first set it to {} (FanoutTopic: fifo: { archiveDays: 0 })",
    );
    const deactivated = await world.update(created, { ...fifo, archivePolicy: "{}" });
    await world.update(deactivated, fifo);
    const { arn } = created.outputs;
    expect(world.cloud.topics.get(String(arn)).attributes.ArchivePolicy).to.equal("{}");
  });

  it("replays to a subscription with a replayPolicy", async () => {
    const { outputs } = await world.create(type, "audit", { ...fifo, archivePolicy });
    const queue = world.cloud.queues.create("trail.fifo", { FifoQueue: "true" });
    const replayPolicy = JSON.stringify({
      PointType: "Timestamp",
      StartingPoint: outputs.beginningArchiveTime,
    });
    const subscription = await world.create(
      "aws:sns/topicSubscription:TopicSubscription",
      "audit-trail",
      { topic: outputs.arn ?? "", protocol: "sqs", endpoint: queue.arn, replayPolicy },
    );
    expect(subscription.outputs).to.include({ replayPolicy });
    expect(world.cloud.topics.subscriptionAttributes(subscription.id).ReplayStatus).to.equal(
      "Pending",
    );
  });
});
