import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { startTestCloud } from "../../../local/testing/index.ts";
import { failureOf } from "../../harness/assertions/failure.ts";

/** One of everything that keeps data, and a function that counts its messages in memory. */
function program() {
  const queue = new aws.sqs.Queue("work", { visibilityTimeoutSeconds: 60 });
  const bucket = new aws.s3.Bucket("files");
  const table = new aws.dynamodb.Table("stock", {
    attributes: [{ name: "sku", type: "S" }],
    hashKey: "sku",
    billingMode: "PAY_PER_REQUEST",
  });
  return { queueUrl: queue.url, bucket: bucket.id, table: table.name };
}

describe("snapshots of a test cloud", () => {
  let cloud: Awaited<ReturnType<typeof start>>;
  before(async () => {
    cloud = await start();
  });
  afterEach(() => cloud.reset());
  after(() => cloud.close());

  const start = () => startTestCloud({ program });
  const sqs = () => cloud.client(SQSClient);
  const send = (MessageBody: string) =>
    sqs().send(new SendMessageCommand({ QueueUrl: cloud.outputs.queueUrl, MessageBody }));

  async function receive(): Promise<string[]> {
    const { queueUrl: QueueUrl } = cloud.outputs;
    const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages.map(({ Body = "" }) => Body);
  }

  async function put(text: string): Promise<void> {
    const { bucket: Bucket, table: TableName } = cloud.outputs;
    await cloud.client(S3Client).send(new PutObjectCommand({ Bucket, Key: "file", Body: text }));
    await cloud
      .client(DynamoDBClient)
      .send(new PutItemCommand({ TableName, Item: { sku: { S: "chair" }, text: { S: text } } }));
  }

  async function stored(): Promise<unknown> {
    const { bucket: Bucket, table: TableName } = cloud.outputs;
    const { Body } = await cloud
      .client(S3Client)
      .send(new GetObjectCommand({ Bucket, Key: "file" }));
    const { Item } = await cloud
      .client(DynamoDBClient)
      .send(new GetItemCommand({ TableName, Key: { sku: { S: "chair" } } }));
    return [await Body?.transformToString(), Item?.text?.S];
  }

  it("bring back messages, objects, items and the time, as often as needed", async () => {
    await send("one");
    await put("old");
    const snapshot = await cloud.snapshot();
    for (const text of ["new", "newer"]) {
      await cloud.clock.advance({ days: 5 });
      await send("two");
      await put(text);
      expect(await stored()).to.deep.equal([text, text]);
      expect(await receive()).to.deep.equal(["two"]);
      await cloud.reset(snapshot);
      expect(cloud.clock.now()).to.deep.equal(snapshot.takenAt);
      expect(await stored()).to.deep.equal(["old", "old"]);
      expect(cloud.messages("work").map(({ body, state }) => [body, state])).to.deep.equal([
        ["one", "visible"],
      ]);
    }
  });

  it("keep a message in flight, which comes back when its time has passed", async () => {
    await send("one");
    expect(await receive()).to.deep.equal(["one"]);
    await cloud.clock.advance({ seconds: 20 });
    await cloud.reset(await cloud.snapshot());
    expect(await receive()).to.deep.equal([]);
    await cloud.clock.advance({ seconds: 40 });
    expect(await receive()).to.deep.equal(["one"]);
  });

  it("are not needed for a reset, which forgets everything since the program had run", async () => {
    await send("one");
    await put("old");
    await cloud.reset();
    expect(cloud.messages("work")).to.deep.equal([]);
    expect(cloud.hops()).to.deep.equal([]);
    expect(await failureOf(stored())).to.have.property("name", "NoSuchKey");
    expect(cloud.clock.now()).to.deep.equal(new Date(Date.UTC(2026, 0, 1)));
    await send("two");
    expect(await receive()).to.deep.equal(["two"]);
  });

  it("of another cloud are rejected", async () => {
    await using other = await start();
    const foreign = await other.snapshot();
    expect(await failureOf(cloud.reset(foreign))).to.have.property(
      "message",
      "the snapshot was taken of another test cloud",
    );
  });

  it("keep clouds in one process apart", async () => {
    const startTime = new Date(Date.UTC(2030, 0, 1));
    const [first, second] = await Promise.all([start(), startTestCloud({ program, startTime })]);
    try {
      const { table: TableName } = first.outputs;
      await first.client(DynamoDBClient).send(
        new UpdateItemCommand({
          TableName,
          Key: { sku: { S: "chair" } },
          UpdateExpression: "SET amount = :one",
          ExpressionAttributeValues: { ":one": { N: "1" } },
        }),
      );
      await first.clock.advance({ days: 1 });
      const found = await second
        .client(DynamoDBClient)
        .send(new GetItemCommand({ TableName, Key: { sku: { S: "chair" } } }));
      expect(found.Item).to.equal(undefined);
      expect(second.endpoint).not.to.equal(first.endpoint);
      expect(second.clock.now()).to.deep.equal(startTime);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });
});
