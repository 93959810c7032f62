import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect } from "chai";
import * as v from "valibot";
import { readEvents } from "../harness/endpoints/serverSentEvents.ts";
import { languageProject } from "../harness/packages/languageProject.ts";
import { snippetsOf } from "../harness/packages/snippets.ts";
import { type FanoutPulumi, fanoutPulumiIn } from "../harness/pulumi/fanoutPulumi.ts";

/** No limit of the machine's: what hangs is ended. */
const generousMilliseconds = 900_000;

const settings = "config:\n  aws:region: us-east-1\n";
const order = {
  orderId: "o-1",
  customer: { email: "grace@example.com" },
  items: [{ sku: "chair", quantity: 3, unitPrice: 20 }],
  event: "placed",
};

describe("a program in YAML with the components, under the real engine on the local cloud", function () {
  this.timeout(generousMilliseconds);
  let project: Awaited<ReturnType<typeof languageProject>>;
  let stack: FanoutPulumi;

  before(async () => {
    project = await languageProject({
      "Pulumi.yaml": "name: none\nruntime: yaml\n",
      "Pulumi.dev.yaml": settings,
    });
    stack = await fanoutPulumiIn(project.folder, path.join(project.folder, "home"));
  });
  after(async () => {
    await stack[Symbol.asyncDispose]();
    project.remove();
  });

  const write = (program: string) =>
    writeFileSync(path.join(project.folder, "Pulumi.yaml"), program);

  it("builds the orders fan-out, whose event reaches every sink, and leaves nothing", async () => {
    write(readFileSync("test/fixtures/languages/orders.yaml", "utf8"));
    expect(await stack.pulumi("up", "--yes")).to.match(/\+ 43 created/);
    const outputs = v.parse(ordersOutputs, await stack.outputs());
    expect(Object.keys(outputs.queueUrls).sort()).to.deep.equal(consumers);
    expect(await sinksAfter(stack.url, outputs)).to.deep.equal({
      handled: consumers,
      sent: ["e-mail: We have your order o-1"],
      invoice: { status: "open", total: 60 },
      stock: "7",
    });
    expect(await stack.pulumi("up", "--yes")).to.match(/43 unchanged/);
    expect(await stack.pulumi("destroy", "--yes")).to.match(/- 43 deleted/);
  });

  it("previews the program of docs/languages.md", async () => {
    write(snippetsOf(readFileSync("docs/languages.md", "utf8"), "yaml"));
    const previewed = await stack.pulumi("preview");
    expect(previewed).to.match(/aws:lambda:Function orders-billing create/);
    expect(previewed).to.match(/aws:sqs:Queue orders-audit create/);
  });

  it("rejects invalid arguments before any resource is created, with every problem", async () => {
    write(invalidProgram);
    const failed = await stack.pulumi("up", "--yes").catch((error: Error) => error.message);
    expect(failed).to.include('FanoutTopic "orders": 2 problems\n');
    expect(failed).to.match(/- consumer "audit": batchSize .*\n.*- consumer "mail": .*SQS/);
    expect(failed).not.to.match(/aws:sns/);
  });
});

const invalidProgram = `
name: invalid
runtime: yaml
resources:
  orders:
    type: fanout:index:FanoutTopic
    properties:
      fifo: true
      consumers:
        - { name: audit, handler: handlers/orders/billing.ts, batchSize: 50 }
        - { name: mail, kind: email, endpoint: grace@example.com }
`;

const consumers = ["billing", "inventory", "notification"];

const byConsumer = v.record(v.string(), v.string());
const ordersOutputs = v.strictObject({
  topicArn: v.string(),
  queueUrls: byConsumer,
  queueArns: byConsumer,
  deadLetterQueueUrls: byConsumer,
  functionNames: byConsumer,
  subscriptionArns: byConsumer,
  unpublishedQueueUrls: byConsumer,
  invoices: v.string(),
  invoicesArn: v.string(),
  inventory: v.string(),
});

/** Publishes the order and waits until each consumer has handled it. */
async function sinksAfter(url: string, outputs: v.InferOutput<typeof ordersOutputs>) {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const options = { endpoint: url, region: "us-east-1", credentials };
  const message = { Message: JSON.stringify(order), MessageGroupId: order.orderId };
  const events = await readEvents(`${url}/_fanout/events`);
  const sns = new SNSClient(options);
  await sns.send(new PublishCommand({ TopicArn: outputs.topicArn, ...message }));
  const hops: Hop[] = [];
  const handlers = () => hops.filter(({ kind }) => kind === "handled");
  await events.until(({ data }) => {
    hops.push(v.parse(hopSchema, data));
    return handlers().length === consumers.length;
  });
  events.close();
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const database = new DynamoDBClient(options);
  const object = await s3.send(
    new GetObjectCommand({ Bucket: outputs.invoices, Key: "invoices/o-1.json" }),
  );
  const item = await database.send(
    new GetItemCommand({ TableName: outputs.inventory, Key: { sku: { S: "chair" } } }),
  );
  const { status, total } = JSON.parse((await object.Body?.transformToString()) ?? "");
  for (const client of [sns, s3, database]) client.destroy();
  return {
    handled: handlers()
      .map(({ from }) => consumers.find((name) => from.includes(`-${name}`)))
      .sort(),
    sent: hops.flatMap(({ kind, summary }) => (kind === "sent" ? [summary] : [])),
    invoice: { status, total },
    stock: item.Item?.stock?.N,
  };
}

type Hop = v.InferOutput<typeof hopSchema>;
const hopSchema = v.looseObject({
  kind: v.string(),
  from: v.string(),
  summary: v.optional(v.string()),
});
