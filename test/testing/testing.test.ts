import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import {
  type FanoutMocksArgs,
  fanoutMocks,
  fanoutOf,
  known,
  receiversOf,
} from "../../testing/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";

const entry = "test/fixtures/handlers/echo.ts";

const orders = () =>
  new FanoutTopic("orders", {
    consumers: [
      {
        name: "billing",
        handler: { entry, environment: { TABLE: "invoices" } },
        filter: { kind: ["sale", "refund"] },
        maxConcurrency: 3,
        subscriptionDeadLetter: true,
      },
      { name: "large", filterScope: "MessageBody", filter: { total: [{ numeric: [">", 100] }] } },
      { name: "audit", kind: "function", handler: entry },
      { name: "abroad", region: "eu-central-1", delaySeconds: 60 },
    ],
  });

describe("the mocks for unit tests", () => {
  it("return the ARNs, names and URLs of AWS, in the region of each resource", async () => {
    const { topicArn, queues } = await inTest({ region: "eu-west-1" }, async () => {
      const topic = orders();
      const { billing, abroad } = topic.consumers;
      return {
        topicArn: await known(topic.topicArn),
        queues: await known([billing?.queue?.arn, abroad?.queue?.url]),
      };
    });
    expect(topicArn).to.equal("arn:aws:sns:eu-west-1:123456789012:orders-1a2b3c4");
    expect(queues).to.deep.equal([
      "arn:aws:sqs:eu-west-1:123456789012:orders-1a2b3c4-billing",
      "https://sqs.eu-central-1.amazonaws.com/123456789012/orders-1a2b3c4-abroad",
    ]);
  });

  it("answer lookups of the account, the region and the partition, and those that a test adds", async () => {
    const lookups = { "aws:sns/getTopic:getTopic": () => ({ arn: "arn:aws:sns:::news" }) };
    const found = await inTest({ account: "210987654321", lookups }, async () => [
      (await aws.getCallerIdentity()).accountId,
      (await aws.getRegion()).region,
      (await aws.getPartition()).partition,
      (await aws.sns.getTopic({ name: "news" })).arn,
    ]);
    expect(found).to.deep.equal(["210987654321", "us-east-1", "aws", "arn:aws:sns:::news"]);
  });

  it("name a lookup that the test has to add", async () => {
    const error = await failureOf(inTest({}, () => aws.sns.getTopic({ name: "news" })));
    expect(error.message).to.include(
      "the program calls aws:sns/getTopic:getTopic; add its result to fanoutMocks({ lookups })",
    );
  });

  it("return the outputs that a test adds to a type", async () => {
    const outputs = { "aws:sqs/queue:Queue": () => ({ url: "http://127.0.0.1/jobs" }) };
    const url = await inTest({ outputs }, () => known(new aws.sqs.Queue("jobs").url));
    expect(url).to.equal("http://127.0.0.1/jobs");
  });
});

describe("the description of a fan-out", () => {
  it("holds what each consumer has, with the defaults of AWS", async () => {
    const { consumers, ...topic } = await inTest({}, () => fanoutOf(orders()));
    expect(topic).to.deep.equal({
      topicName: "orders-1a2b3c4",
      topicArn: "arn:aws:sns:us-east-1:123456789012:orders-1a2b3c4",
      fifo: false,
    });
    expect(consumers.billing).to.deep.equal({
      protocol: "sqs",
      endpoint: "arn:aws:sqs:us-east-1:123456789012:orders-1a2b3c4-billing",
      rawDelivery: true,
      filter: { kind: ["sale", "refund"] },
      filterScope: "MessageAttributes",
      queue: {
        name: "orders-1a2b3c4-billing",
        arn: "arn:aws:sqs:us-east-1:123456789012:orders-1a2b3c4-billing",
        fifo: false,
        delaySeconds: 0,
        visibilityTimeoutSeconds: 180,
        retentionSeconds: 345_600,
        maxReceiveCount: 5,
      },
      deadLetterQueue: {
        name: "orders-1a2b3c4-billing-dlq",
        arn: "arn:aws:sqs:us-east-1:123456789012:orders-1a2b3c4-billing-dlq",
        fifo: false,
        delaySeconds: 0,
        visibilityTimeoutSeconds: 30,
        retentionSeconds: 1_209_600,
      },
      undeliveredQueue: {
        name: "orders-1a2b3c4-billing-undelivered",
        arn: "arn:aws:sqs:us-east-1:123456789012:orders-1a2b3c4-billing-undelivered",
        fifo: false,
        delaySeconds: 0,
        visibilityTimeoutSeconds: 30,
        retentionSeconds: 1_209_600,
      },
      function: {
        name: "orders-billing-1a2b3c4",
        arn: "arn:aws:lambda:us-east-1:123456789012:function:orders-billing-1a2b3c4",
        memoryMb: 256,
        timeoutSeconds: 30,
        environment: { TABLE: "invoices", NODE_OPTIONS: "--enable-source-maps" },
      },
      batch: { size: 10, windowSeconds: 0, maxConcurrency: 3 },
    });
    expect(consumers.audit).to.have.all.keys(
      ...["protocol", "endpoint", "rawDelivery", "undeliveredQueue", "failureQueue", "function"],
    );
    expect(consumers.abroad?.queue?.delaySeconds).to.equal(60);
  });

  for (const [what, message, receivers] of [
    ["a sale", { attributes: { kind: "sale" } }, ["billing", "audit", "abroad"]],
    [
      "a large sale",
      { attributes: { kind: "sale" }, body: { total: 101 } },
      ["billing", "large", "audit", "abroad"],
    ],
    [
      "one kind of several",
      { attributes: { kind: ["gift", "refund"] } },
      ["billing", "audit", "abroad"],
    ],
    ["a text", { body: "hello" }, ["audit", "abroad"]],
  ] as const) {
    it(`says who receives ${what}`, async () => {
      expect(await inTest({}, () => receiversOf(orders(), message))).to.deep.equal(receivers);
    });
  }
});

async function inTest<T>(args: FanoutMocksArgs, test: () => Promise<T>): Promise<T> {
  await pulumi.runtime.setMocks(fanoutMocks(args));
  try {
    return await test();
  } finally {
    await pulumi.runtime.disconnect();
  }
}
