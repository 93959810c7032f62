import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ComponentProvider } from "../../packages/fanout/provider/componentProvider.ts";
import { packageSchema } from "../../packages/fanout/schema/packageSchema.ts";
import { known } from "../../testing/known.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const folder = path.resolve("packages/fanout");
const handler = "test/fixtures/handlers/echo.ts";

/** Constructs a component as the engine does for a program in another language. @returns its outputs */
async function construct(
  component: "FanoutTopic" | "UploadBucket",
  name: string,
  inputs: pulumi.Inputs,
  provider = new ComponentProvider(folder),
) {
  const { urn, state } = await provider.construct(name, `fanout:index:${component}`, inputs, {});
  return { urn: await known(pulumi.output(urn)), outputs: await known(pulumi.output(state)) };
}

describe("the provider of the components' package", () => {
  it("returns a topic's ARN, and the outputs of each consumer by its name", async () => {
    const consumers = [
      { name: "billing", handler },
      { name: "audit" },
      { name: "direct", kind: "function", handler: { entry: handler, memoryMb: 512 } },
    ];
    const { outputs } = await runProgram(() => construct("FanoutTopic", "orders", { consumers }));
    const queue = (name: string) =>
      `https://sqs.eu-west-1.amazonaws.com/123456789012/orders-1a2b3c4-${name}`;
    const arn = "arn:aws:sns:eu-west-1:123456789012:orders-1a2b3c4";
    const queueArn = "arn:aws:sqs:eu-west-1:123456789012:orders-1a2b3c4-";
    expect(outputs.outputs).to.deep.equal({
      topicArn: arn,
      queueUrls: { billing: queue("billing"), audit: queue("audit") },
      queueArns: { billing: `${queueArn}billing`, audit: `${queueArn}audit` },
      deadLetterQueueUrls: {
        billing: queue("billing-dlq"),
        audit: queue("audit-dlq"),
        direct: queue("direct-failures"),
      },
      functionNames: { billing: "orders-billing-1a2b3c4", direct: "orders-direct-1a2b3c4" },
      subscriptionArns: {
        billing: `${arn}:orders-billing-1a2b3c4`,
        audit: `${arn}:orders-audit-1a2b3c4`,
        direct: `${arn}:orders-direct-1a2b3c4`,
      },
      unpublishedQueueUrls: {},
      statementsToAdd: [],
    });
  });

  it("returns the URLs of the queues of messages that a topic did not accept, by source", async () => {
    const sources = [{ name: "reminder", schedule: "rate(1 hour)", payload: { remind: true } }];
    const { outputs } = await runProgram(() =>
      construct("FanoutTopic", "orders", { sources, consumers: [{ name: "audit" }] }),
    );
    expect(outputs.outputs.unpublishedQueueUrls).to.deep.equal({
      reminder:
        "https://sqs.eu-west-1.amazonaws.com/123456789012/orders-1a2b3c4-reminder-unpublished",
    });
  });

  it("publishes the events of a bucket that the program refers to", async () => {
    const run = await runProgram(async () => {
      const provider = new ComponentProvider(folder);
      const bucket = await construct("UploadBucket", "uploads", { versioned: true }, provider);
      // An SDK that sends dependencies makes the whole argument an Output.
      const sources = pulumi.output([{ bucket: bucket.urn, prefix: "images/" }]);
      await construct("FanoutTopic", "photos", { sources, consumers: [{ name: "all" }] }, provider);
      return bucket;
    });
    expect(run.outputs.outputs).to.deep.equal({
      bucketName: "uploads-1a2b3c4",
      bucketArn: "arn:aws:s3:::uploads-1a2b3c4",
    });
    const type = "aws:s3/bucketNotification:BucketNotification";
    expect(namesOf(run, type)).to.deep.equal(["uploads"]);
    expect(resource(run, type, "uploads").inputs).to.include({ bucket: "uploads-1a2b3c4" });
  });

  it("uses an existing function and an existing key by their ARNs", async () => {
    const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:charge";
    const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const run = await runProgram(() =>
      construct("FanoutTopic", "orders", {
        encryption: { keyArn },
        consumers: [{ name: "billing", handler: { functionArn: pulumi.output(functionArn) } }],
      }),
    );
    const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";
    expect(resource(run, mapping, "orders-billing").inputs).to.include({
      functionName: functionArn,
    });
    const [statement] = run.outputs.outputs.statementsToAdd;
    expect(statement).to.include({ resource: keyArn });
    expect(resource(run, "aws:sqs/queue:Queue", "orders-billing").inputs).to.include({
      kmsMasterKeyId: keyArn,
    });
  });

  it("returns every output of the schema, and no other", async () => {
    const { outputs } = await runProgram(async () => ({
      FanoutTopic: await construct("FanoutTopic", "orders", { consumers: [{ name: "audit" }] }),
      UploadBucket: await construct("UploadBucket", "uploads", {}),
    }));
    const { resources } = packageSchema();
    for (const [component, constructed] of Object.entries(outputs)) {
      const described = resources[`fanout:index:${component}`]?.properties;
      expect(Object.keys(constructed.outputs)).to.have.members(Object.keys(described ?? {}));
    }
  });

  it("rejects invalid arguments as the component does, every problem at once", async () => {
    const consumers = [
      { name: "audit", batchSize: 50, kind: "que" },
      { name: "billing", handler: { functionArn: "arn:aws:x", entry: handler } },
    ];
    const sources = [{ bucket: "urn:pulumi:dev::shop::fanout:index:UploadBucket::other" }];
    const failure = await failureOf(
      runProgram(() => construct("FanoutTopic", "orders", { consumers, sources })),
    );
    expect(failure.message.split("\n")).to.deep.equal([
      'FanoutTopic "orders": 4 problems',
      '  - source 1: bucket must be the name or ARN of a bucket, an UploadBucket or an aws.s3.Bucket (given "urn:pulumi:dev::shop::fanout:index:UploadBucket::other")',
      '  - consumer "audit": kind must be "queue", "function", "email", "sms", "https" or "firehose"; did you mean "queue"? (given "que")',
      '  - consumer "billing": handler: unknown field "entry"',
      '  - consumer "billing": handler.functionArn must be the ARN of a function, or of an alias or a version of it (given "arn:aws:x")',
    ]);
  });

  it("rejects an ARN that is not a function's", async () => {
    const consumers = [{ name: "billing", handler: { functionArn: "arn:aws:s3:::charge" } }];
    const failure = await failureOf(
      runProgram(() => construct("FanoutTopic", "orders", { consumers })),
    );
    expect(failure.message).to.include(
      'consumer "billing": handler.functionArn must be the ARN of a function, or of an alias or a version of it (given "arn:aws:s3:::charge")',
    );
  });

  it("rejects a list of consumers that is not known in a preview", async () => {
    const run = runProgram(
      () => {
        const { url } = new aws.sqs.Queue("other");
        const consumers = url.apply(() => [{ name: "audit" }]);
        return construct("FanoutTopic", "orders", { consumers });
      },
      { preview: true },
    );
    expect((await failureOf(run)).message).to.equal(
      'FanoutTopic "orders": consumers is not known before the deployment, and decides which resources exist; use a plain value, with Outputs only in the fields that take them',
    );
  });

  it("rejects a list of consumers that is secret as a whole", async () => {
    const consumers = pulumi.secret([{ name: "audit" }]);
    const failure = await failureOf(
      runProgram(() => construct("FanoutTopic", "orders", { consumers })),
    );
    expect(failure.message).to.equal(
      'FanoutTopic "orders": consumers is secret as a whole, and decides which resources exist; mark only the values in it that are secret',
    );
  });

  it("names its components when there is no such component", async () => {
    const provider = new ComponentProvider(folder);
    const failure = await failureOf(provider.construct("a", "fanout:index:Queue", {}, {}));
    expect(failure.message).to.equal(
      "there is no component fanout:index:Queue; this package has fanout:index:FanoutTopic and fanout:index:UploadBucket",
    );
  });
});
