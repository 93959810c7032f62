import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { describeSystems } from "../../../../local/console/systems/describeSystems.ts";
import { byOwner } from "../../../../local/services/s3/requester.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:000000000000:${name}`;

describe("the systems of a program without topics", () => {
  let cloud: Cloud;
  before(() => {
    cloud = new Cloud({
      region: "eu-west-1",
      clock: (activity) => new ManualClock(() => activity.idle()),
      endpoint: () => "http://127.0.0.1:4566",
      permissions: false,
    });
    for (const name of ["jobs", "nightly", "hourly", "alone"]) cloud.queues.create(name);
    cloud.buckets.create("drops");
    const rule = { queueArn: arn("sqs", "jobs"), id: "r", events: ["s3:ObjectCreated:*"] };
    cloud.buckets.setNotification("drops", [rule], byOwner(), "untried");
    const nightly = cloud.events.putRule({
      name: "nightly",
      bus: "default",
      schedule: "rate(1 day)",
      enabled: true,
    });
    cloud.events.putTarget(nightly.arn, { id: "t", arn: arn("sqs", "nightly") });
    const target = { arn: arn("sqs", "hourly"), roleArn: "arn:aws:iam::000000000000:role/r" };
    cloud.schedules.create("each-hour", { expression: "rate(1 hour)", enabled: true, target });
  });
  after(() => cloud.close());

  it("begin with what brings events, and end with the queues that nothing does", () => {
    const systems = describeSystems(cloud, {});
    expect(
      systems.map(({ name, entrance, consumers, otherQueues }) => ({
        name,
        kind: entrance?.kind,
        consumers: consumers.map((consumer) => [consumer.name, consumer.queue?.arn]),
        otherQueues: otherQueues.map((queue) => queue.name),
      })),
    ).to.deep.equal([
      {
        name: "drops",
        kind: "bucket",
        consumers: [["jobs", arn("sqs", "jobs")]],
        otherQueues: [],
      },
      {
        name: "nightly",
        kind: "rule",
        consumers: [["nightly", arn("sqs", "nightly")]],
        otherQueues: [],
      },
      {
        name: "each-hour",
        kind: "schedule",
        consumers: [["hourly", arn("sqs", "hourly")]],
        otherQueues: [],
      },
      { name: "queues", kind: undefined, consumers: [], otherQueues: ["alone"] },
    ]);
  });

  it("leave out a topic that was deleted after the program had run", () => {
    const outputs = { systems: { gone: { topicArn: arn("sns", "gone"), consumers: {} } } };
    expect(describeSystems(cloud, outputs).map(({ name }) => name)).not.to.include("gone");
  });

  it("name a bucket apart from the topic of the same name", () => {
    cloud.topics.create("drops");
    expect(describeSystems(cloud, {}).map(({ name }) => name)).to.deep.equal([
      "drops",
      "drops-bucket",
      "nightly",
      "each-hour",
      "queues",
    ]);
  });
});
