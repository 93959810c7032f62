import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { startTestCloud } from "../../../local/testing/index.ts";
import { newsProgram } from "../../harness/runs/newsProgram.ts";

const archive = "news-archive";

describe("faults of a test cloud", () => {
  let cloud: Awaited<ReturnType<typeof start>>;
  before(async () => {
    cloud = await start();
  });
  afterEach(() => cloud.reset());
  after(() => cloud.close());

  const start = () => startTestCloud({ program: newsProgram });

  async function publish(message: string): Promise<string> {
    const { MessageId = "" } = await cloud
      .client(SNSClient)
      .send(new PublishCommand({ TopicArn: cloud.outputs.topicArn, Message: message }));
    await cloud.settled();
    return MessageId;
  }

  async function archived(): Promise<number> {
    const { bucket: Bucket } = cloud.outputs;
    return (await cloud.client(S3Client).send(new ListObjectsV2Command({ Bucket }))).KeyCount ?? 0;
  }

  it("fail the next invocations of a consumer, named by its queue", async () => {
    const fault = cloud.faults.fail(archive, { times: 2, errorType: "Broken" });
    const event = await publish("hello");
    await cloud.clock.advance({ minutes: 3 });
    expect(fault.hits).to.equal(2);
    expect(cloud.delivery(event, archive)).to.deep.include({
      status: "handled",
      tries: 3,
      failures: ["failure injected by the test", "failure injected by the test"],
    });
    expect(cloud.invocations().map(({ error }) => error?.errorType)).to.deep.equal([
      "Broken",
      "Broken",
      undefined,
    ]);
    expect(await archived()).to.equal(1);
  });

  it("fail an invocation after its work, so that the message comes twice", async () => {
    cloud.faults.fail(archive, { times: 1, preventExecution: false });
    await publish("hello");
    expect(await archived()).to.equal(1);
    expect(cloud.messages(archive)).to.have.lengthOf(1);
    await cloud.clock.advance({ minutes: 1 });
    expect(cloud.messages(archive)).to.deep.equal([]);
    expect(cloud.invocations()).to.have.lengthOf(2);
  });

  it("delay a function until the clock has advanced, and let it time out as on AWS", async () => {
    cloud.faults.delay(archive, { seconds: 5, times: 1 });
    const event = await publish("slow");
    expect(cloud.delivery(event, archive)).to.include({ status: "working", tries: 1 });
    await cloud.clock.advance({ seconds: 5 });
    expect(cloud.delivery(event, archive)).to.include({ status: "handled", tries: 1 });

    cloud.faults.delay(archive, { seconds: 11, times: 1 });
    const late = await publish("too slow");
    await cloud.clock.advance({ seconds: 10 });
    expect(cloud.delivery(late, archive).failures).to.have.lengthOf(1);
    expect(cloud.delivery(late, archive).failures[0]).to.match(
      /Task timed out after 10.00 seconds$/,
    );
  });

  it("throttle a function: its batch waits, and is tried again", async () => {
    cloud.faults.throttle(archive, { times: 2 });
    const event = await publish("hello");
    expect(cloud.delivery(event, archive)).to.include({ status: "retrying", tries: 0 });
    await cloud.clock.advance({ seconds: 3 });
    expect(cloud.delivery(event, archive)).to.include({ status: "handled", tries: 1 });
  });

  it("pause a consumer: its messages stay in the queue until the fault is removed", async () => {
    const pause = cloud.faults.pause(archive);
    const event = await publish("hello");
    await cloud.clock.advance({ days: 1 });
    expect(cloud.delivery(event, archive)).to.include({ status: "waiting", tries: 0 });
    pause.remove();
    pause.remove();
    await cloud.settled();
    expect(cloud.delivery(event, archive)).to.include({ status: "handled", tries: 1 });
  });

  it("deny a hop: the topic's delivery to a queue", async () => {
    const denial = cloud.faults.deny({
      principal: "sns.amazonaws.com",
      action: "sqs:SendMessage",
      resource: archive,
      times: 1,
    });
    const event = await publish("hello");
    const reason = `the injected fault ${denial.id} denies sns.amazonaws.com sqs:SendMessage on arn:aws:sqs:us-east-1:000000000000:news-archive`;
    expect(cloud.delivery(event, archive)).to.include({ status: "dropped", reason, tries: 0 });
    expect(cloud.denials().map((denied) => [denied.event, denied.reason])).to.deep.equal([
      [event, reason],
    ]);
    const next = await publish("hello again");
    expect(cloud.delivery(next, archive)).to.include({ status: "handled" });
  });

  it("deny a call of a handler, which reports its message as failed", async () => {
    cloud.faults.deny({ action: "s3:Put*", times: 1 });
    const event = await publish("hello");
    expect(cloud.denials().map(({ kind }) => kind)).to.deep.equal(["refused"]);
    expect(cloud.delivery(event, archive)).to.include({ status: "failed", tries: 1 });
  });

  it("end all at once, and at a reset", async () => {
    cloud.faults.fail(archive);
    cloud.faults.deny({ resource: archive });
    cloud.faults.clear();
    expect(cloud.delivery(await publish("one"), archive)).to.include({ status: "handled" });
    cloud.faults.fail(archive);
    await cloud.reset();
    expect(cloud.delivery(await publish("two"), archive)).to.include({ status: "handled" });
  });

  it("are rejected where they would do nothing", () => {
    expect(() => cloud.faults.deny({})).to.throw("needs a principal, an action or a resource");
    expect(() => cloud.faults.delay(archive, { seconds: 0 })).to.throw(RangeError, "(given 0)");
    expect(() => cloud.faults.fail(archive, { times: 0 })).to.throw(RangeError, "(given 0)");
  });
});
