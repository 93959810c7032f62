import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { bodies, makeQueues, message } from "../../../../harness/cloud/queues.ts";

const all = { maxMessages: 10 };

/** A queue whose dead-letter queue holds `count` messages of it. */
function makeDeadLetters(count: number) {
  const cloud = makeQueues();
  const { queues } = cloud;
  const dead = queues.create("dead").arn;
  const policy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 1 });
  const work = queues.create("work", { RedrivePolicy: policy, VisibilityTimeout: "0" }).arn;
  for (let number = 1; number <= count; number++) queues.send(work, message(String(number)));
  while (queues.counts(work).visible > 0) queues.receiveNow(work, all);
  const other = queues.create("other").arn;
  return { ...cloud, dead, work, other };
}

describe("move tasks", () => {
  it("move all dead letters back to where they came from", async () => {
    const { queues, clock, dead, work } = makeDeadLetters(2);
    const startedAt = clock.now();
    const { taskHandle } = queues.startMoveTask({ sourceArn: dead });
    expect(JSON.parse(Buffer.from(taskHandle, "base64").toString())).to.include({
      sourceArn: dead,
    });
    await clock.advance(0);
    expect(queues.listMoveTasks(dead, 1)).to.have.length(1);
    expect(queues.listMoveTasks(dead, 1)[0]).to.include({
      sourceArn: dead,
      status: "COMPLETED",
      toMove: 2,
      moved: 2,
      startedAt,
    });
    expect(queues.counts(dead)).to.include({ visible: 0 });
    expect(bodies(queues.receiveNow(work, all))).to.deep.equal(["1", "2"]);
  });

  it("make new messages of them: another id, no receives, no source, and a new age", async () => {
    const { queues, clock, dead, other } = makeDeadLetters(1);
    const [letter] = queues.peek(dead, 1);
    await clock.advance(60_000);
    queues.startMoveTask({ sourceArn: dead, destinationArn: other });
    await clock.advance(0);
    const [moved] = queues.receiveNow(other, all);
    expect(moved?.body).to.equal("1");
    expect(moved?.messageId).not.to.equal(letter?.messageId);
    expect(moved?.event).to.equal(letter?.event);
    expect(moved?.systemAttributes).to.deep.equal({
      SenderId: "000000000000",
      SentTimestamp: String(clock.now()),
      ApproximateReceiveCount: "1",
      ApproximateFirstReceiveTimestamp: String(clock.now()),
    });
  });

  it("keep to their rate, the first second's share at once", async () => {
    const { queues, clock, dead, other } = makeDeadLetters(5);
    queues.startMoveTask({ sourceArn: dead, destinationArn: other, maxMessagesPerSecond: 2 });
    const progress = [];
    for (const pause of [0, 999, 1, 1000]) {
      await clock.advance(pause);
      const [task] = queues.listMoveTasks(dead, 1);
      progress.push([task?.moved, task?.status]);
    }
    expect(progress).to.deep.equal([
      [2, "RUNNING"],
      [2, "RUNNING"],
      [4, "RUNNING"],
      [5, "COMPLETED"],
    ]);
  });

  it("stop when they are cancelled, leaving the rest", async () => {
    const { queues, clock, dead, other } = makeDeadLetters(5);
    const task = { sourceArn: dead, destinationArn: other, maxMessagesPerSecond: 1 };
    const { taskHandle } = queues.startMoveTask(task);
    await clock.advance(1000);
    expect(queues.cancelMoveTask(taskHandle)).to.deep.equal({ moved: 2 });
    expect(queues.listMoveTasks(dead, 1)[0]?.status).to.equal("CANCELLING");
    await clock.advance(5000);
    expect(queues.listMoveTasks(dead, 1)[0]).to.include({ status: "CANCELLED", moved: 2 });
    expect(queues.counts(dead)).to.include({ visible: 3 });
    expect(awsErrorOf(() => queues.cancelMoveTask(taskHandle)).code).to.equal(
      "AWS.SimpleQueueService.UnsupportedOperation",
    );
  });

  it("fail when their destination is deleted", async () => {
    const { queues, clock, dead, other } = makeDeadLetters(5);
    queues.startMoveTask({ sourceArn: dead, destinationArn: other, maxMessagesPerSecond: 1 });
    await clock.advance(2000);
    queues.delete(other);
    await clock.advance(1000);
    expect(queues.listMoveTasks(dead, 1)[0]).to.include({
      status: "FAILED",
      moved: 3,
      failureReason: "AWS.SimpleQueueService.NonExistentQueue",
    });
    expect(queues.counts(dead)).to.include({ visible: 2 });
  });

  it("fail at a message that came from no queue", async () => {
    const { queues, clock, dead } = makeDeadLetters(0);
    queues.send(dead, message("direct"));
    queues.startMoveTask({ sourceArn: dead });
    await clock.advance(0);
    expect(queues.listMoveTasks(dead, 1)[0]).to.include({
      status: "FAILED",
      failureReason: "CouldNotDetermineMessageSource",
    });
  });

  it("complete at once where there is nothing to move", async () => {
    const { queues, clock, dead } = makeDeadLetters(0);
    queues.startMoveTask({ sourceArn: dead });
    await clock.advance(0);
    expect(queues.listMoveTasks(dead, 1)[0]).to.include({ status: "COMPLETED", moved: 0 });
  });

  it("are listed latest first", async () => {
    const { queues, clock, dead } = makeDeadLetters(0);
    for (let number = 0; number < 3; number++) {
      queues.startMoveTask({ sourceArn: dead });
      await clock.advance(1000);
    }
    const times = queues.listMoveTasks(dead, 2).map(({ startedAt }) => startedAt);
    expect(times).to.deep.equal([clock.now() - 1000, clock.now() - 2000]);
  });

  it("end with their queue, and do not come back with its name", async () => {
    const { queues, clock, dead } = makeDeadLetters(3);
    queues.startMoveTask({ sourceArn: dead, maxMessagesPerSecond: 1 });
    queues.delete(dead);
    expect(awsErrorOf(() => queues.listMoveTasks(dead, 1)).code).to.equal(
      "ResourceNotFoundException",
    );
    await clock.advance(60_000);
    queues.create("dead");
    expect(queues.listMoveTasks(dead, 1)).to.deep.equal([]);
  });

  it("delay what they move as its new queue does", async () => {
    const { queues, clock, dead, other } = makeDeadLetters(1);
    queues.setAttributes(other, { DelaySeconds: "5" });
    queues.startMoveTask({ sourceArn: dead, destinationArn: other });
    await clock.advance(4999);
    expect(queues.counts(other)).to.include({ visible: 0, delayed: 1 });
    await clock.advance(1);
    expect(queues.counts(other)).to.include({ visible: 1 });
  });

  const missing = "arn:aws:sqs:eu-west-1:000000000000:missing";

  it("need a source that is a dead-letter queue", () => {
    const { queues, work, other } = makeDeadLetters(0);
    expect(awsErrorOf(() => queues.startMoveTask({ sourceArn: work }))).to.deep.equal({
      code: "InvalidParameterValue",
      message: "Source queue must be configured as a Dead Letter Queue.",
    });
    expect(
      awsErrorOf(() => queues.startMoveTask({ sourceArn: missing, destinationArn: other })),
    ).to.deep.equal({
      code: "ResourceNotFoundException",
      message: "The resource that you specified for the SourceArn parameter doesn't exist.",
    });
    expect(awsErrorOf(() => queues.startMoveTask({ sourceArn: "dead" })).message).to.equal(
      "You must use this format to specify the SourceArn: arn:<partition>:<service>:<region>:<account-id>:<resource-id>",
    );
  });

  it("need a destination that exists and is of the same type", () => {
    const { queues, dead } = makeDeadLetters(0);
    const fifo = queues.create("orders.fifo", { FifoQueue: "true" }).arn;
    const start = (destinationArn: string) => () =>
      queues.startMoveTask({ sourceArn: dead, destinationArn });
    expect(awsErrorOf(start(missing))).to.deep.equal({
      code: "ResourceNotFoundException",
      message: "The resource that you specified for the DestinationArn parameter doesn't exist.",
    });
    for (const arn of [fifo, dead]) {
      expect(awsErrorOf(start(arn)).code).to.equal("InvalidParameterValue");
    }
  });

  it("need a rate of 1 to 500", () => {
    const { queues, dead } = makeDeadLetters(0);
    for (const maxMessagesPerSecond of [0, 501]) {
      const start = () => queues.startMoveTask({ sourceArn: dead, maxMessagesPerSecond });
      expect(awsErrorOf(start).code).to.equal("InvalidParameterValue");
    }
  });

  it("run one at a time for each source", async () => {
    const { queues, clock, dead } = makeDeadLetters(2);
    const start = () => queues.startMoveTask({ sourceArn: dead, maxMessagesPerSecond: 1 });
    start();
    expect(awsErrorOf(start)).to.deep.equal({
      code: "InvalidParameterValue",
      message:
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
    });
    await clock.advance(1000);
    expect(start().taskHandle).to.be.a("string");
  });

  it("are known by their handles only", () => {
    const { queues, dead } = makeDeadLetters(0);
    const handle = (task: object) => Buffer.from(JSON.stringify(task)).toString("base64");
    const cancel = (text: string) => awsErrorOf(() => queues.cancelMoveTask(text));
    expect(cancel("foobared")).to.deep.equal({
      code: "InvalidParameterValue",
      message: "Value for parameter TaskHandle is invalid.",
    });
    expect(cancel(handle({ taskId: "10f57157", sourceArn: missing })).message).to.equal(
      "The resource that you specified for the SourceArn parameter doesn't exist.",
    );
    expect(cancel(handle({ taskId: "10f57157", sourceArn: dead }))).to.deep.equal({
      code: "ResourceNotFoundException",
      message: "Task does not exist.",
    });
  });
});
