import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startTestCloud } from "../../../local/testing/index.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { newsProgram } from "../../harness/runs/newsProgram.ts";

describe("a test cloud", () => {
  let cloud: Awaited<ReturnType<typeof start>>;
  before(async () => {
    cloud = await start();
  });
  afterEach(() => cloud.reset());
  after(() => cloud.close());

  const start = () =>
    startTestCloud({ program: newsProgram, config: { "aws:region": "eu-west-1" } });

  async function publish(message: string, kind?: string): Promise<string> {
    const { MessageId = "" } = await cloud.client(SNSClient).send(
      new PublishCommand({
        TopicArn: cloud.outputs.topicArn,
        Message: message,
        ...(kind !== undefined && {
          MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
        }),
      }),
    );
    await cloud.settled();
    return MessageId;
  }

  async function archived(): Promise<number> {
    const { bucket: Bucket } = cloud.outputs;
    return (await cloud.client(S3Client).send(new ListObjectsV2Command({ Bucket }))).KeyCount ?? 0;
  }

  it("has the program's outputs, an endpoint, and clients for it", async () => {
    expect(cloud.outputs).to.deep.equal({
      topicArn: "arn:aws:sns:eu-west-1:000000000000:news",
      bucket: "papers",
    });
    expect(cloud.region).to.equal("eu-west-1");
    expect(cloud.endpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(cloud.environment).to.include({
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_REGION: "eu-west-1",
    });
    expect(cloud.client(DynamoDBClient)).to.equal(cloud.client(DynamoDBClient));
    const { TableNames } = await cloud.client(DynamoDBClient).send(new ListTablesCommand({}));
    expect(TableNames).to.deep.equal([]);
  });

  it("reports who received a message, and why the others did not", async () => {
    const event = await publish("hello");
    expect(cloud.deliveries(event)).to.have.deep.members([
      {
        subscriber: "news-archive",
        endpoint: "arn:aws:sqs:eu-west-1:000000000000:news-archive",
        status: "handled",
        tries: 1,
        failures: [],
      },
      {
        subscriber: "news-inbox",
        endpoint: "arn:aws:sqs:eu-west-1:000000000000:news-inbox",
        status: "filtered",
        reason: '"kind" is missing, the filter asks for ["mail"]',
        tries: 0,
        failures: [],
      },
    ]);
    expect(cloud.hops(event).map(({ kind }) => kind)).to.have.members([
      ...["published", "filtered", "queued", "received", "invoked", "handled"],
    ]);
    expect(await archived()).to.equal(1);
  });

  it("shows the messages of a queue without receiving them", async () => {
    const event = await publish("dear all", "mail");
    expect(cloud.delivery(event, "news-inbox")).to.include({ status: "waiting", tries: 0 });
    expect(cloud.messages("news-inbox")).to.have.lengthOf(1);
    const QueueUrl = `${cloud.endpoint}/000000000000/news-inbox`;
    const { Messages = [] } = await cloud
      .client(SQSClient)
      .send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body }) => Body)).to.deep.equal(["dear all"]);
    expect(cloud.messages(QueueUrl)).to.deep.include.members([
      {
        messageId: Messages[0]?.MessageId,
        body: "dear all",
        attributes: { kind: { dataType: "String", stringValue: "mail" } },
        state: "inFlight",
        receiveCount: 1,
        event,
      },
    ]);
  });

  it("passes hours of retries at once, up to the dead letter and its reason", async () => {
    cloud.faults.fail("news-archive", { errorMessage: "no paper" });
    const event = await publish("hello");
    expect(cloud.delivery(event, "news-archive")).to.include({ status: "failed", tries: 1 });
    const before = cloud.clock.now().getTime();
    await cloud.clock.advance({ hours: 1, minutes: 30 });
    expect(cloud.clock.now().getTime() - before).to.equal(90 * 60_000);
    expect(cloud.delivery(event, "news-archive")).to.deep.include({
      status: "deadLettered",
      tries: 5,
      failures: Array(5).fill("no paper"),
    });
    const [letter, ...others] = cloud.deadLetters();
    expect(others).to.deep.equal([]);
    expect(letter).to.include({ queue: "news-archive-dlq", body: "hello", event });
    expect(letter?.reason).to.match(/^receive count 5 reached maxReceiveCount/);
    expect(cloud.invocations("news-archive")).to.have.lengthOf(5);
  });

  it("rejects time that does not pass", async () => {
    for (const duration of [-1, Number.NaN, { hours: -2 }]) {
      expect(await failureOf(cloud.clock.advance(duration)))
        .to.be.instanceOf(RangeError)
        .with.property("message")
        .that.match(/\(given (-1|null|\{"hours":-2\})\)$/);
    }
  });

  it("names what it has where a name is unknown", async () => {
    const event = await publish("hello");
    expect(() => cloud.messages("news-in")).to.throw(
      'the cloud has no queue "news-in"; did you mean "news-inbox"?',
    );
    expect(() => cloud.faults.fail("billing")).to.throw(
      'the cloud has no function "billing"; it has news-archive',
    );
    expect(() => cloud.faults.pause("news-inbox")).to.throw(
      'no function polls the queue "news-inbox"',
    );
    expect(() => cloud.delivery(event, "billing")).to.throw(
      `the event ${event} has no subscriber "billing"; its subscribers are `,
    );
  });

  it("leaves nothing listening once it is closed, and may be closed twice", async () => {
    const other = await start();
    const sqs = other.client(SQSClient);
    await other.close();
    await other.close();
    expect(await failureOf(fetch(other.endpoint))).to.have.property("message", "fetch failed");
    expect(sqs).not.to.equal(cloud.client(SQSClient));
  });
});
