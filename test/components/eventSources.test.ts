import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  FanoutTopic,
  type FanoutTopicArgs,
  type Source,
  UploadBucket,
} from "../../components/index.ts";
import { thrownBy } from "../harness/assertions/failure.ts";
import { json, namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:orders-1a2b3c4";
const consumers = [{ name: "billing" }];
const placed = { source: ["shop"], "detail-type": ["Order Placed"] };

function orders(source: Source, args: Partial<FanoutTopicArgs> = {}) {
  return runProgram(() => new FanoutTopic("orders", { sources: [source], consumers, ...args }));
}

async function problem(source: object, args: object = {}): Promise<unknown> {
  const given: object = { sources: [source], consumers, ...args };
  const { outputs } = await runProgram(() =>
    thrownBy(() => new FanoutTopic("orders", given as FanoutTopicArgs)),
  );
  return outputs;
}

describe("an event pattern as a source", () => {
  it("is a rule that publishes the events to the topic", async () => {
    const run = await orders({ eventPattern: placed, bus: "shop", inputPath: "$.detail" });
    const rule = resource(run, "aws:cloudwatch/eventRule:EventRule", "orders-events");
    expect(rule.inputs).to.deep.equal({
      description: "publishes to the topic orders",
      eventBusName: "shop",
      eventPattern: JSON.stringify(placed),
    });
    const target = resource(run, "aws:cloudwatch/eventTarget:EventTarget", "orders-events");
    expect(target.inputs).to.deep.include({ arn: topicArn, inputPath: "$.detail" });
    expect(target.inputs).to.have.nested.property(
      "deadLetterConfig.arn",
      "arn:aws:sqs:eu-west-1:123456789012:orders-1a2b3c4-events-unpublished",
    );
    const policy = resource(run, "aws:sns/topicPolicy:TopicPolicy", "orders");
    expect(target.dependencies).to.include(policy.urn);
  });

  it("is let in by its ARN only, to the topic and to its dead-letter queue", async () => {
    const run = await orders({ name: "placed", eventPattern: placed });
    const rule = "arn:aws:events:eu-west-1:123456789012:rule/orders-placed-1a2b3c4";
    const Condition = { ArnEquals: { "aws:SourceArn": rule } };
    const Principal = { Service: "events.amazonaws.com" };
    const topicPolicy = json(resource(run, "aws:sns/topicPolicy:TopicPolicy", "orders"), "policy");
    expect(topicPolicy).to.have.property("Statement").that.has.lengthOf(3).and.deep.includes({
      Sid: "RulePlacedPublishes",
      Effect: "Allow",
      Principal,
      Action: "sns:Publish",
      Resource: topicArn,
      Condition,
    });
    const queue = resource(run, "aws:sqs/queue:Queue", "orders-placed-unpublished");
    expect(queue.inputs).to.deep.include({
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
    });
    expect(json(queue, "policy")).to.have.deep.nested.property("Statement[0]", {
      Sid: "SourceSends",
      Effect: "Allow",
      Principal,
      Action: "sqs:SendMessage",
      Resource: "arn:aws:sqs:eu-west-1:123456789012:orders-1a2b3c4-placed-unpublished",
      Condition,
    });
    expect(json(queue, "policy")).to.have.deep.nested.property("Statement[1]", {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "sqs:*",
      Resource: "arn:aws:sqs:eu-west-1:123456789012:orders-1a2b3c4-placed-unpublished",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(queue.parent).to.match(/::orders$/);
  });

  it("may use the topic's key without a source, which EventBridge does not name to KMS", async () => {
    const run = await orders({ eventPattern: placed }, { encryption: "kms" });
    const policy = json(resource(run, "aws:kms/keyPolicy:KeyPolicy", "orders"), "policy");
    expect(policy).to.have.deep.nested.property("Statement[2].Condition", {
      StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topicArn },
    });
  });

  it("raises an alarm when the topic does not accept its events", async () => {
    const run = await orders({ eventPattern: placed }, { alarms: true });
    expect(namesOf(run, "aws:cloudwatch/metricAlarm:MetricAlarm")).to.include(
      "orders-events-unpublished",
    );
  });

  it("passes on retries and a transformer", async () => {
    const run = await orders({
      eventPattern: placed,
      inputTransformer: { paths: { order: "$.detail.order" }, template: "order <order>" },
      retries: { maximumAttempts: 3 },
    });
    const { inputs } = resource(run, "aws:cloudwatch/eventTarget:EventTarget", "orders-events");
    expect(inputs).to.deep.include({
      inputTransformer: { inputPaths: { order: "$.detail.order" }, inputTemplate: "order <order>" },
      retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 86_400 },
    });
  });

  for (const [what, source, text] of [
    [
      "a wrong pattern",
      { eventPattern: { source: [] } },
      "eventPattern is not valid: Empty arrays are not allowed",
    ],
    [
      "an Output in the pattern",
      { eventPattern: { source: [pulumi.output("shop")] } },
      'eventPattern must have plain values, which are checked before the deployment; source.0 is an Output (given {"source":["an Output"]})',
    ],
    [
      "a path that is none",
      { eventPattern: placed, inputPath: "detail" },
      'inputPath must be a path in the event, such as $.detail, of up to 256 characters (given "detail")',
    ],
    [
      "a variable without a path",
      { eventPattern: placed, inputTransformer: { template: "<order>" } },
      "inputTransformer: the variable <order> has no path",
    ],
    [
      "too many retries",
      { eventPattern: placed, retries: { maximumAttempts: 186 } },
      "retries.maximumAttempts must be 0 to 185 (given 186)",
    ],
    [
      "an unknown field",
      { eventPattern: placed, buss: "x" },
      'unknown field "buss"; did you mean "bus"?',
    ],
  ] as const) {
    it(`is rejected with ${what}`, async () => {
      expect(await problem(source)).to.have.property(
        "message",
        `FanoutTopic "orders": 1 problem\n  - source 1: ${text}`,
      );
    });
  }

  it("is rejected on a FIFO topic, and with the name of another source", async () => {
    expect(await problem({ eventPattern: placed }, { fifo: true })).to.have.property(
      "message",
      'FanoutTopic "orders": 1 problem\n  - source 1: EventBridge cannot publish to a FIFO topic; use a standard topic, or a function between them',
    );
    const twice = { sources: [{ eventPattern: placed }, { eventPattern: { source: ["till"] } }] };
    expect(await problem({}, twice)).to.have.property(
      "message",
      'FanoutTopic "orders": 1 problem\n  - source 2: two sources are named "events"; give this one a name of its own',
    );
  });

  it("is rejected with a name whose queue AWS rejects", async () => {
    for (const named of [
      { eventPattern: placed, name: "shop.orders" },
      { bucket: "shop.orders", via: "eventBridge" },
    ]) {
      expect(await problem(named)).to.have.property(
        "message",
        'FanoutTopic "orders": 1 problem\n  - source 1: name may have no dots (given "shop.orders"), because SQS allows none in the name of the source\'s queue; give the source another name',
      );
    }
    const existingTopicArn = `arn:aws:sns:eu-west-1:123456789012:${"o".repeat(60)}`;
    expect(await problem({ eventPattern: placed }, { existingTopicArn })).to.have.property(
      "message",
      'FanoutTopic "orders": 1 problem\n  - source 1: the name of the queue "orders-events-unpublished" would have 87 characters with what is added to the topic\'s name; AWS allows 80: shorten the source\'s name',
    );
  });

  it("is rejected with the name of a consumer's queue", async () => {
    const others = [{ name: "events-unpublished" }];
    expect(await problem({ eventPattern: placed }, { consumers: others })).to.have.property(
      "message",
      'FanoutTopic "orders": 1 problem\n  - two of the queues would be named "orders-events-unpublished"; rename a consumer or a source',
    );
  });

  it("is checked beside a source that is none", async () => {
    const sources = [null, { eventPattern: placed }];
    expect(await problem({}, { sources })).to.have.property(
      "message",
      'FanoutTopic "orders": 1 problem\n  - source 1: must be an object (given null)',
    );
  });
});

describe("a bucket as a source by EventBridge", () => {
  it("sends its events to EventBridge, beside its notifications", async () => {
    const run = await runProgram(() => {
      const bucket = new UploadBucket("media");
      const sources: Source[] = [
        { bucket, prefix: "in/" },
        { bucket, via: "eventBridge", events: ["s3:ObjectRemoved:*"], prefix: "in/" },
      ];
      return new FanoutTopic("orders", { sources, consumers });
    });
    const { inputs } = resource(run, "aws:s3/bucketNotification:BucketNotification", "media");
    expect(inputs).to.have.property("eventbridge", true);
    expect(inputs.topics).to.have.lengthOf(1);
    const rule = resource(run, "aws:cloudwatch/eventRule:EventRule", "orders-media");
    expect(json(rule, "eventPattern")).to.deep.equal({
      source: ["aws.s3"],
      "detail-type": ["Object Deleted"],
      detail: {
        bucket: { name: ["media-1a2b3c4"] },
        object: { key: [{ prefix: "in/" }] },
        reason: ["DeleteObject"],
      },
    });
  });

  it("may have topics whose events overlap", async () => {
    const run = await runProgram(() => {
      const bucket = new UploadBucket("media");
      const sources: Source[] = [{ bucket, via: "eventBridge" }];
      new FanoutTopic("one", { sources, consumers });
      return new FanoutTopic("two", { sources, consumers });
    });
    const { inputs } = resource(run, "aws:s3/bucketNotification:BucketNotification", "media");
    expect(inputs).to.deep.equal({ bucket: "media-1a2b3c4", eventbridge: true });
  });

  it("is rejected with events that S3 does not send there", async () => {
    const { outputs } = await runProgram(() => {
      const bucket = new UploadBucket("media");
      const events = ["s3:Replication:*"];
      return thrownBy(
        () =>
          new FanoutTopic("orders", {
            sources: [{ bucket, via: "eventBridge", events }],
            consumers,
          }),
      );
    });
    expect(outputs).to.have.property(
      "message",
      'FanoutTopic "orders": 1 problem\n  - source 1: events: S3 does not send "s3:Replication:*" to EventBridge; use via: "notification"',
    );
  });
});
