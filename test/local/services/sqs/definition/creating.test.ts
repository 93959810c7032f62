import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeQueues, message } from "../../../../harness/cloud/queues.ts";

describe("creating and deleting queues", () => {
  it("gives a queue its ARN, URL, defaults and tags", () => {
    const { queues, clock } = makeQueues();
    const queue = queues.create("work", { VisibilityTimeout: "42" }, { team: "orders" });
    expect(queue.arn).to.equal("arn:aws:sqs:eu-west-1:000000000000:work");
    expect(queue.url).to.equal("http://127.0.0.1:4566/000000000000/work");
    expect(queue.fifo).to.equal(false);
    expect(queue.attributes).to.deep.equal({
      DelaySeconds: "0",
      MaximumMessageSize: "1048576",
      MessageRetentionPeriod: "345600",
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "42",
    });
    expect(queue.tags).to.deep.equal({ team: "orders" });
    expect(queue.createdAt).to.equal(clock.now());
    expect(queues.find(queue.arn)?.name).to.equal("work");
  });

  for (const name of ["", "a.b", "with space", "x".repeat(81), "orders.fifo"]) {
    it(`refuses the name "${name.slice(0, 12)}" for a standard queue`, () => {
      const { queues } = makeQueues();
      expect(awsErrorOf(() => queues.create(name))).to.deep.equal({
        code: "InvalidParameterValue",
        message:
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      });
      expect(queues.list()).to.deep.equal([]);
    });
  }

  for (const name of ["orders", ".fifo", `${"x".repeat(76)}.fifo`]) {
    it(`refuses the name "${name.slice(0, 12)}" for a FIFO queue`, () => {
      const { queues } = makeQueues();
      const error = awsErrorOf(() => queues.create(name, { FifoQueue: "true" }));
      expect(error.code).to.equal("InvalidParameterValue");
      expect(error.message).to.match(/^The name of a FIFO queue .* must end with \.fifo suffix/);
    });
  }

  it("takes the longest names", () => {
    const { queues } = makeQueues();
    queues.create("x".repeat(80));
    queues.create(`${"x".repeat(75)}.fifo`, { FifoQueue: "True" });
    expect(queues.list()).to.have.length(2);
  });

  it("gives the same queue again, with the same attributes or without any", () => {
    const { queues } = makeQueues();
    const first = queues.create("work", { DelaySeconds: "1", ReceiveMessageWaitTimeSeconds: "1" });
    expect(queues.create("work")).to.equal(first);
    expect(queues.create("work", { DelaySeconds: "1" })).to.equal(first);
    expect(queues.create("work", { VisibilityTimeout: "30" })).to.equal(first);
  });

  it("refuses a second queue of the name with another attribute, also after a change", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work", { DelaySeconds: "1" });
    const different = {
      code: "QueueAlreadyExists",
      message:
        "A queue already exists with the same name and a different value for attribute DelaySeconds",
    };
    expect(awsErrorOf(() => queues.create("work", { DelaySeconds: "2" }))).to.deep.equal(different);
    queues.setAttributes(arn, { DelaySeconds: "2" });
    queues.create("work", { DelaySeconds: "2" });
    expect(awsErrorOf(() => queues.create("work", { DelaySeconds: "1" }))).to.deep.equal(different);
  });

  it("sees through the spacing of a policy when it compares", () => {
    const { queues } = makeQueues();
    const policy = { Version: "2012-10-17", Statement: [{ Sid: "one" }] };
    const first = queues.create("work", { Policy: JSON.stringify(policy) });
    expect(queues.create("work", { Policy: JSON.stringify(policy, null, 2) })).to.equal(first);
  });

  it("deletes a queue with its messages, and forbids its name for 60 seconds", async () => {
    const { queues, clock } = makeQueues();
    const { arn } = queues.create("work");
    queues.send(arn, message("lost"));
    queues.delete(arn);
    expect(queues.find(arn)).to.equal(undefined);
    expect(awsErrorOf(() => queues.send(arn, message("late")))).to.deep.equal({
      code: "AWS.SimpleQueueService.NonExistentQueue",
      message: "The specified queue does not exist.",
    });
    await clock.advance(59_999);
    expect(awsErrorOf(() => queues.create("work")).code).to.equal(
      "AWS.SimpleQueueService.QueueDeletedRecently",
    );
    await clock.advance(1);
    queues.create("work");
    expect(queues.receiveNow(arn, { maxMessages: 10 })).to.deep.equal([]);
  });

  it("adds, overwrites and removes tags, which are case-sensitive", () => {
    const { queues } = makeQueues();
    const { arn } = queues.create("work", {}, { Tag: "1" });
    queues.tag(arn, { tag: "2", other: "" });
    queues.tag(arn, { Tag: "3" });
    expect(queues.get(arn).tags).to.deep.equal({ Tag: "3", tag: "2", other: "" });
    queues.untag(arn, ["tag", "never-there"]);
    expect(queues.get(arn).tags).to.deep.equal({ Tag: "3", other: "" });
  });
});
