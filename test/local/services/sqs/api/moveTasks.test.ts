import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  ResourceNotFoundException,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { message } from "../../../../harness/cloud/queues.ts";
import { serveSqs } from "../../../../harness/endpoints/sqsWire.ts";

describe("move tasks over the SQS wire", () => {
  let wire: Awaited<ReturnType<typeof serveSqs>>;
  let SourceArn = "";
  let DestinationArn = "";

  beforeEach(async () => {
    wire = await serveSqs();
    const { queues } = wire;
    SourceArn = queues.create("dead").arn;
    const policy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
    queues.create("work", { RedrivePolicy: policy });
    DestinationArn = queues.create("other").arn;
    for (const body of ["1", "2", "3"]) queues.send(SourceArn, message(body));
  });
  afterEach(() => wire.close());

  async function latest() {
    const command = new ListMessageMoveTasksCommand({ SourceArn });
    return (await wire.client.send(command)).Results?.[0];
  }

  it("are started, listed while they run and after, and cancelled", async () => {
    const StartedTimestamp = wire.clock.now();
    const { TaskHandle } = await wire.client.send(
      new StartMessageMoveTaskCommand({
        SourceArn,
        DestinationArn,
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    await wire.clock.advance(0);
    const running = {
      TaskHandle,
      Status: "RUNNING",
      SourceArn,
      DestinationArn,
      MaxNumberOfMessagesPerSecond: 1,
      ApproximateNumberOfMessagesMoved: 1,
      ApproximateNumberOfMessagesToMove: 3,
      StartedTimestamp,
    };
    expect(await latest()).to.deep.equal(running);
    const cancelled = await wire.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(cancelled.ApproximateNumberOfMessagesMoved).to.equal(1);
    await wire.clock.advance(1000);
    const { TaskHandle: _, ...rest } = running;
    expect(await latest()).to.deep.equal({ ...rest, Status: "CANCELLED" });
  });

  it("show no destination where none was given, and why they failed", async () => {
    await wire.client.send(new StartMessageMoveTaskCommand({ SourceArn }));
    await wire.clock.advance(0);
    const task = await latest();
    expect(task).to.include({
      Status: "FAILED",
      FailureReason: "CouldNotDetermineMessageSource",
    });
    expect(task).not.to.have.any.keys("TaskHandle", "DestinationArn");
  });

  it("are missed with 404", async () => {
    const command = new StartMessageMoveTaskCommand({ SourceArn: `${SourceArn}x` });
    const error = await wire.client.send(command).catch((reason) => reason);
    expect(error).to.be.instanceOf(ResourceNotFoundException);
    expect(error.$metadata.httpStatusCode).to.equal(404);
  });

  it("are listed up to ten", async () => {
    const command = new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 11 });
    const error = await wire.client.send(command).catch((reason) => reason);
    expect(error.message).to.match(/^Value 11 for parameter MaxResults is invalid/);
  });
});
