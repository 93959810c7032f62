import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { type BucketSource, FanoutTopic, UploadBucket } from "../../components/index.ts";
import { lostDestinations } from "../../components/sources/presentNotifications.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const notification = "aws:s3/bucketNotification:BucketNotification";
const consumers = [{ name: "a" }];

describe("a bucket that no component created", () => {
  const buckets: [string, () => BucketSource["bucket"], { name?: string }][] = [
    ["by name", () => "media", {}],
    ["by ARN", () => "arn:aws:s3:::media", {}],
    ["by an Output of its name", () => pulumi.output("media"), { name: "media" }],
    ["by a resource", () => aws.s3.Bucket.get("media", "media"), {}],
    ["by a component", () => new UploadBucket("media", { existingBucketName: "media" }), {}],
  ];
  for (const [how, bucket, name] of buckets) {
    it(`is a source (${how})`, async () => {
      const run = await runProgram(
        () => new FanoutTopic("news", { sources: [{ bucket: bucket(), ...name }], consumers }),
      );
      expect(namesOf(run, "aws:s3/bucket:Bucket")).to.deep.equal([]);
      expect(resource(run, notification, "media").inputs).to.have.property("bucket", "media");
      const policy = json(resource(run, "aws:sns/topicPolicy:TopicPolicy", "news"), "policy");
      expect(policy).to.have.nested.property("Statement[1].Sid", "BucketMediaPublishes");
      expect(policy).to.have.nested.property(
        "Statement[1].Condition.ArnEquals.aws:SourceArn",
        "arn:aws:s3:::media",
      );
    });
  }

  it("has one notification, however its sources name it", async () => {
    const run = await runProgram(() => {
      const sources = (bucket: string, prefix: string) => ({ sources: [{ bucket, prefix }] });
      new FanoutTopic("one", { ...sources("media", "1/"), consumers });
      return new FanoutTopic("two", { ...sources("arn:aws:s3:::media", "2/"), consumers });
    });
    expect(namesOf(run, notification)).to.deep.equal(["media"]);
    expect(resource(run, notification, "media").inputs.topics).to.have.lengthOf(2);
  });

  it("requires a name if its own is an Output", async () => {
    const sources = [{ bucket: pulumi.output("media") }];
    const failure = await failureOf(
      runProgram(() => new FanoutTopic("news", { sources, consumers })),
    );
    expect(failure.message).to.equal(
      'FanoutTopic "news": 1 problem\n  - source 1: the bucket\'s name is not known before the deployment; add a name',
    );
  });
});

describe("a bucket whose notifications the program leaves as they are", () => {
  const byEventBridge = (bucket: string) => () =>
    new FanoutTopic("news", { sources: [{ bucket, via: "eventBridge" }], consumers });

  it("is a source by EventBridge", async () => {
    const run = await runProgram(byEventBridge("archive-2019"));
    expect(namesOf(run, notification)).to.deep.equal([]);
    const rule = resource(run, "aws:cloudwatch/eventRule:EventRule", "news-archive--2019");
    expect(json(rule, "eventPattern")).to.have.deep.nested.property("detail.bucket.name", [
      "archive-2019",
    ]);
  });

  it("has to send its events to EventBridge", async () => {
    const failure = await failureOf(runProgram(byEventBridge("media")));
    expect(failure.message).to.include(
      'bucket "media" does not send its events to EventBridge; turn it on in the bucket\'s properties',
    );
  });
});

describe("the notifications that a bucket loses", () => {
  const topicArn = "arn:aws:sns:eu-west-1:123456789012:news";
  const present = {
    TopicConfigurations: [{ Event: "s3:ObjectCreated:*", Topic: topicArn }],
    QueueConfigurations: [
      { Event: "s3:ObjectRemoved:*", Queue: "arn:aws:sqs:eu-west-1:123456789012:bin" },
    ],
    LambdaConfigurations: [
      {
        Event: "s3:ObjectCreated:Put",
        Function: "arn:aws:lambda:eu-west-1:123456789012:function:scan",
      },
    ],
    EventBridgeConfiguration: { EventBridgeEnabled: true },
  };

  it("are those to destinations that the program does not have", () => {
    const topics = [{ topicArn, events: ["s3:ObjectCreated:*"] }];
    expect(lostDestinations(present, { topics })).to.deep.equal([
      "s3:ObjectRemoved:* to arn:aws:sqs:eu-west-1:123456789012:bin",
      "s3:ObjectCreated:Put to arn:aws:lambda:eu-west-1:123456789012:function:scan",
      "all events to EventBridge",
    ]);
  });

  it("are none if the program has all of them, or the bucket has none", () => {
    const all = {
      topics: [{ topicArn, events: ["s3:ObjectCreated:*"] }],
      queues: [{ queueArn: "arn:aws:sqs:eu-west-1:123456789012:bin", events: [] }],
      lambdaFunctions: [
        { lambdaFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:scan", events: [] },
      ],
      eventbridge: true,
    };
    expect(lostDestinations(present, all)).to.deep.equal([]);
    expect(lostDestinations({}, {})).to.deep.equal([]);
  });
});
