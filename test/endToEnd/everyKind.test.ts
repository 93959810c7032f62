import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { topicOutputs } from "../../systems/shared/system.ts";
import { listenForPosts, type Webhook } from "../harness/endpoints/webhook.ts";
import { bodiesIn, keysIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startProgram } from "../harness/runs/systems.ts";

describe("a topic with every kind of consumer, end to end", () => {
  let webhook: Webhook;
  let test: RunningSystems;
  beforeEach(async () => {
    webhook = await listenForPosts();
    test = await startProgram(() => program(webhook.url));
  });
  afterEach(async () => {
    await test.cloud.close();
    await webhook.close();
  });

  const news = () => test.system("news");
  const mails = () => test.cloud.sent().filter(({ kind }) => kind === "email");
  const texts = () => test.cloud.sent().filter(({ kind }) => kind === "sms");

  async function publish(message: string): Promise<string> {
    const { MessageId = "" } = await test.clients.sns.send(
      new PublishCommand({ TopicArn: news().topicArn, Message: message, Subject: "News" }),
    );
    await test.cloud.settled();
    return MessageId;
  }

  async function confirmByMail(): Promise<void> {
    const [link = ""] = mails()[0]?.text.match(/http:\S+Action=ConfirmSubscription\S+/) ?? [];
    expect((await fetch(link)).status).to.equal(200);
  }

  async function confirmByPost(): Promise<void> {
    const { SubscribeURL } = JSON.parse(webhook.posts[0]?.body ?? "");
    expect((await fetch(SubscribeURL)).status).to.equal(200);
  }

  it("has in its outputs who has to confirm, and how", () => {
    const confirmations = Object.entries(news().consumers).map(([name, { confirmation }]) => [
      name,
      confirmation,
    ]);
    expect(Object.fromEntries(confirmations)).to.deep.equal({
      queue: undefined,
      function: undefined,
      email:
        "the owner of ada@example.com has to open the link in the e-mail from AWS within two days; nothing is delivered before",
      sms: undefined,
      https: `${webhook.url} has to request the SubscribeURL in the first POST; nothing is delivered before`,
      firehose: undefined,
    });
  });

  it("mails the text to an address after it has confirmed, and nothing before", async () => {
    await publish("too early");
    expect(mails().map(({ to, subject }) => [...to, subject])).to.deep.equal([
      ["ada@example.com", "AWS Notification - Subscription Confirmation"],
    ]);
    await confirmByMail();
    await publish("Rooms are cheap today");
    const [, mail, ...others] = mails();
    expect(others).to.deep.equal([]);
    expect(mail).to.deep.include({ to: ["ada@example.com"], subject: "News" });
    expect(mail?.text).to.match(/^Rooms are cheap today\n\n--\nTo stop receiving/);
  });

  it("sends a text message to a phone without a confirmation", async () => {
    await publish("Rooms are cheap today");
    expect(texts().map(({ to, text }) => [...to, text])).to.deep.equal([
      ["+4915112345678", "Rooms are cheap today"],
    ]);
  });

  it("posts to an endpoint after it has confirmed, with SNS's headers, and nothing before", async () => {
    await publish("too early");
    expect(webhook.posts.map(({ headers }) => headers["x-amz-sns-message-type"])).to.deep.equal([
      "SubscriptionConfirmation",
    ]);
    await confirmByPost();
    const messageId = await publish("Rooms are cheap today");
    expect(webhook.posts).to.have.length(2);
    const { headers, body } = webhook.posts[1] ?? { headers: {}, body: "{}" };
    expect(headers).to.include({
      "x-amz-sns-message-type": "Notification",
      "x-amz-sns-message-id": messageId,
      "x-amz-sns-topic-arn": news().topicArn,
      "x-amz-sns-subscription-arn": news().consumers.https?.subscriptionArn,
    });
    expect(JSON.parse(body)).to.include({
      Type: "Notification",
      MessageId: messageId,
      Subject: "News",
      Message: "Rooms are cheap today",
    });
  });

  it("puts a line in the bucket behind the delivery stream", async () => {
    const messageId = await publish("Rooms are cheap today");
    await test.cloud.clock.advance(300_000);
    const keys = await keysIn(test, "news-archive");
    expect(keys).to.have.length(1);
    const { Body } = await test.clients.s3.send(
      new GetObjectCommand({ Bucket: "news-archive", Key: keys[0] }),
    );
    const line = gunzipSync((await Body?.transformToByteArray()) ?? "").toString();
    expect(JSON.parse(line)).to.include({ MessageId: messageId, Message: "Rooms are cheap today" });
  });

  it("invokes the function, and fills the queue", async () => {
    const event = await publish("Rooms are cheap today");
    const hops = test.cloud.hops().filter((hop) => hop.event === event);
    const handled = hops.filter(({ kind }) => kind === "handled");
    expect(handled.map(({ to }) => to.split(":").at(-1))).to.deep.equal(["news-function"]);
    expect(await bodiesIn(test, news().consumers.queue?.queueUrl)).to.deep.equal([
      "Rooms are cheap today",
    ]);
  });
});

async function program(url: string): Promise<object> {
  const topic = new FanoutTopic("news", {
    consumers: [
      { name: "queue" },
      { name: "function", kind: "function", handler: "handlers/walkthrough/direct.ts" },
      { name: "email", kind: "email", endpoint: "ada@example.com" },
      { name: "sms", kind: "sms", endpoint: "+4915112345678" },
      { name: "https", kind: "https", endpoint: url },
      { name: "firehose", kind: "firehose", endpoint: createStream().arn },
    ],
  });
  return { systems: { news: topicOutputs(topic) } };
}

function createStream(): aws.kinesis.FirehoseDeliveryStream {
  const bucket = new aws.s3.Bucket("news-archive");
  const role = new aws.iam.Role("news-stream", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "firehose.amazonaws.com" }),
  });
  const Resource = pulumi.interpolate`${bucket.arn}/*`;
  const policy = new aws.iam.RolePolicy("news-stream", {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource }],
    }),
  });
  return new aws.kinesis.FirehoseDeliveryStream(
    "news",
    {
      destination: "extended_s3",
      extendedS3Configuration: {
        bucketArn: bucket.arn,
        roleArn: role.arn,
        compressionFormat: "GZIP",
      },
    },
    { dependsOn: [policy] },
  );
}
