import { expect } from "chai";
import { byOwner } from "../../../local/services/s3/requester.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import { functionArn, policyFor, prepare, queueArn } from "../../harness/provider/resourceCases.ts";

const notification = "aws:s3/bucketNotification:BucketNotification";
const service = { Service: "s3.amazonaws.com" };

describe("a bucket that notifies queues and functions", () => {
  let world: ProviderWorld;
  beforeEach(async () => {
    world = providerWorld();
    await prepare(world);
  });
  afterEach(() => world.cloud.close());

  const events = ["s3:ObjectCreated:*"];
  const put = (key: string) =>
    world.cloud.buckets.objects.put(
      { bucket: "files", key, bytes: Buffer.from("x"), headers: {} },
      byOwner(),
    );
  const letQueue = () =>
    world.create("aws:sqs/queuePolicy:QueuePolicy", "it", {
      queueUrl: world.cloud.queues.get(queueArn).url,
      policy: policyFor("sqs:SendMessage", queueArn, service),
    });

  it("sends the queue a test event, and then each event that its filter lets through", async () => {
    await letQueue();
    await world.create(notification, "it", {
      bucket: "files",
      queues: [{ queueArn, events, filterSuffix: ".txt" }],
    });
    put("a.txt");
    put("a.png");
    const bodies = world.cloud.queues.peek(queueArn, 10).map(({ body }) => JSON.parse(body));
    expect(bodies.map(({ Event, Records }) => Event ?? Records[0].s3.object.key)).to.deep.equal([
      "s3:TestEvent",
      "a.txt",
    ]);
  });

  it("invokes the function with S3's event, and no test event", async () => {
    await world.create("aws:lambda/permission:Permission", "it", {
      action: "lambda:InvokeFunction",
      function: "work",
      principal: "s3.amazonaws.com",
      sourceArn: "arn:aws:s3:::files",
    });
    await world.create(notification, "it", {
      bucket: "files",
      lambdaFunctions: [{ lambdaFunctionArn: functionArn, events }],
    });
    const ended: string[] = [];
    world.cloud.functions.listen(({ functionArn: arn, outcome }) =>
      ended.push(`${arn} ${outcome}`),
    );
    put("a.txt");
    await world.cloud.activity.idle();
    expect(ended).to.deep.equal([`${functionArn} succeeded`]);
  });

  for (const [what, target, reason] of [
    [
      "queue",
      { queues: [{ queueArn, events }] },
      "Permissions on the destination queue do not allow S3 to publish notifications from this bucket: ",
    ],
    [
      "function",
      { lambdaFunctions: [{ lambdaFunctionArn: functionArn, events }] },
      `Not authorized to invoke function [${functionArn}]: `,
    ],
  ] as const) {
    it(`is refused while the ${what} does not let S3 in, with the reason`, async () => {
      const refused = await failureOf(
        world.create(notification, "it", { bucket: "files", ...target }),
      );
      expect(refused.message)
        .to.include("Unable to validate the following destination configurations; ")
        .and.to.include(reason);
    });
  }

  it("sends everything to EventBridge if it says so, beside what it sends elsewhere", async () => {
    await letQueue();
    await world.create("aws:cloudwatch/eventRule:EventRule", "files", {
      name: "files",
      eventPattern: { source: ["aws.s3"], detail: { object: { key: [{ prefix: "in/" }] } } },
    });
    await world.create("aws:cloudwatch/eventTarget:EventTarget", "inbox", {
      rule: "files",
      arn: queueArn,
    });
    const queuePolicy = policyFor("sqs:SendMessage", queueArn, {
      Service: ["events.amazonaws.com", "s3.amazonaws.com"],
    });
    await world.create("aws:sqs/queuePolicy:QueuePolicy", "both", {
      queueUrl: world.cloud.queues.get(queueArn).url,
      policy: queuePolicy,
    });
    const made = await world.create(notification, "it", {
      bucket: "files",
      eventbridge: true,
      queues: [{ queueArn, events, filterPrefix: "other/" }],
    });
    put("in/ä b.txt");
    world.cloud.buckets.objects.delete({ bucket: "files", key: "in/ä b.txt" }, byOwner());
    put("elsewhere.txt");
    const sent = world.cloud.queues
      .peek(queueArn, 10)
      .map(({ body }) => JSON.parse(body))
      .filter(({ Event }) => Event !== "s3:TestEvent");
    expect(sent.map((each) => each["detail-type"])).to.deep.equal([
      "Object Created",
      "Object Deleted",
    ]);
    expect(sent[0].resources).to.deep.equal(["arn:aws:s3:::files"]);
    expect(sent[0].detail).to.deep.include({
      version: "0",
      bucket: { name: "files" },
      reason: "PutObject",
      requester: "000000000000",
    });
    expect(sent[0].detail.object).to.include({
      key: "in/ä b.txt",
      size: 1,
      etag: "9dd4e461268c8034f5c8564e155c67a6",
    });
    expect(sent[1].detail).to.include({ "deletion-type": "Permanently Deleted" });
    expect((await world.read(made))?.inputs).to.deep.equal(made.inputs);
    await world.provider.delete(made);
    put("in/later.txt");
    expect(world.cloud.queues.peek(queueArn, 10)).to.have.lengthOf(sent.length + 1);
  });
});
