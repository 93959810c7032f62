import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { exceptionOf, serveTopics } from "../../../../harness/endpoints/snsWire.ts";

const queueArn = "arn:aws:sqs:eu-west-1:000000000000:audit";

describe("subscriptions over the wire", () => {
  let cloud: Awaited<ReturnType<typeof serveTopics>>;
  let arn: string;
  beforeEach(async () => {
    cloud = await serveTopics(({ principal }) =>
      principal.kind === "anonymous"
        ? { allowed: false, reason: "no statement allows it" }
        : { allowed: true },
    );
    arn = cloud.topics.create("orders").arn;
  });
  afterEach(() => cloud.close());

  const subscribe = async (Protocol: string, Endpoint: string, more = {}) => {
    const command = new SubscribeCommand({ TopicArn: arn, Protocol, Endpoint, ...more });
    return (await cloud.client.send(command)).SubscriptionArn ?? "";
  };

  /** Opens a link of a message, as anybody may, on this test's port. */
  const open = (link: string) => fetch(cloud.url + link.slice(link.indexOf("/?")));

  it("are made with attributes, described, changed and ended", async () => {
    const { client } = cloud;
    const FilterPolicy = '{"kind":["a","<b>"]}';
    const subscriptionArn = await subscribe("sqs", queueArn, { Attributes: { FilterPolicy } });
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscriptionArn,
        AttributeName: "RawMessageDelivery",
        AttributeValue: "true",
      }),
    );
    const { Attributes } = await client.send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn: subscriptionArn }),
    );
    expect(Attributes).to.deep.equal(cloud.topics.subscriptionAttributes(subscriptionArn));
    expect(Attributes).to.include({ FilterPolicy, RawMessageDelivery: "true" });
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscriptionArn,
        AttributeName: "FilterPolicy",
      }),
    );
    expect(cloud.topics.subscription(subscriptionArn).filter).to.equal(undefined);
    await client.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn }));
    expect(cloud.topics.subscriptions(arn)).to.deep.equal([]);
  });

  it("are listed for a topic, and for all", async () => {
    const { client, topics } = cloud;
    const subscriptionArn = await subscribe("sqs", queueArn);
    await subscribe("email", "ada@example.com");
    topics.subscribe(topics.create("other").arn, "sms", "+15550100");
    const ofTopic = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn }));
    expect(ofTopic.Subscriptions).to.deep.equal([
      {
        SubscriptionArn: subscriptionArn,
        Owner: "000000000000",
        Protocol: "sqs",
        Endpoint: queueArn,
        TopicArn: arn,
      },
      {
        SubscriptionArn: "PendingConfirmation",
        Owner: "000000000000",
        Protocol: "email",
        Endpoint: "ada@example.com",
        TopicArn: arn,
      },
    ]);
    const all = await client.send(new ListSubscriptionsCommand({}));
    expect(all.Subscriptions).to.have.length(3);
  });

  it("that are pending have no ARN to tell, unless it is asked for", async () => {
    expect(await subscribe("email", "ada@example.com")).to.equal("pending confirmation");
    expect(await subscribe("email", "bob@example.com", { ReturnSubscriptionArn: true })).to.match(
      new RegExp(`^${arn}:`),
    );
  });

  it("are confirmed by a call", async () => {
    await subscribe("email-json", "ada@example.com");
    const { Token } = JSON.parse(cloud.outbox.list()[0]?.text ?? "");
    const confirmed = await cloud.client.send(
      new ConfirmSubscriptionCommand({
        TopicArn: arn,
        Token,
        AuthenticateOnUnsubscribe: "true",
      }),
    );
    const [subscription] = cloud.topics.subscriptions(arn);
    expect(confirmed.SubscriptionArn).to.equal(subscription?.arn);
    expect(subscription).to.include({
      status: "confirmed",
      confirmedBySignature: true,
      authenticateOnUnsubscribe: true,
    });
  });

  it("are confirmed, ended and restored by opening links", async () => {
    await subscribe("email-json", "ada@example.com");
    const document = () => JSON.parse(cloud.outbox.list().at(-1)?.text ?? "");
    const confirmation = await open(document().SubscribeURL);
    const [subscription] = cloud.topics.subscriptions(arn);
    expect(await confirmation.text()).to.contain(
      `<SubscriptionArn>${subscription?.arn}</SubscriptionArn>`,
    );
    expect(subscription).to.include({ status: "confirmed", confirmedBySignature: false });
    cloud.topics.publish(arn, {
      message: "x",
      by: { kind: "account", account: "000000000000" },
      from: "test",
    });
    expect((await open(document().UnsubscribeURL)).status).to.equal(200);
    expect(cloud.topics.subscriptions(arn)).to.deep.equal([]);
    await open(document().SubscribeURL);
    expect(cloud.topics.subscriptions(arn)).to.have.length(1);
  });

  it("need a signature for what is no link of a message", async () => {
    await subscribe("email-json", "ada@example.com");
    const { SubscribeURL } = JSON.parse(cloud.outbox.list().at(-1)?.text ?? "");
    const refused = await open(`${SubscribeURL}&AuthenticateOnUnsubscribe=true`);
    expect(refused.status).to.equal(403);
    expect(await refused.text()).to.contain("<Code>MissingAuthenticationToken</Code>");
    expect(cloud.topics.subscriptions(arn)[0]?.status).to.equal("pending");
    expect((await open(SubscribeURL)).status).to.equal(200);
    expect((await open("/?Action=ListTopics&Version=2010-03-31")).status).to.equal(403);
  });

  it("that are refused are typed exceptions", async () => {
    const { client } = cloud;
    expect(await exceptionOf(subscribe("sqs", "http://localhost/audit"))).to.deep.equal({
      name: "InvalidParameterException",
      status: 400,
      message: "Invalid parameter: SQS endpoint ARN",
    });
    const invalid = { Attributes: { FilterPolicy: '{"a":"b"}' } };
    expect((await exceptionOf(subscribe("sqs", queueArn, invalid))).message).to.equal(
      'Invalid parameter: Attributes Reason: FilterPolicy: "a" must be an object or an array',
    );
    const missing = client.send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn: `${arn}:1` }),
    );
    expect((await exceptionOf(missing)).name).to.equal("NotFoundException");
    const topicOnly = "arn:aws:sns:eu-west-1:111111111111:random";
    const noId = client.send(new UnsubscribeCommand({ SubscriptionArn: topicOnly }));
    expect((await exceptionOf(noId)).message).to.equal("Invalid parameter: SubscriptionId");
    const unnamed = client.send(new UnsubscribeCommand({ SubscriptionArn: undefined }));
    expect((await exceptionOf(unnamed)).message).to.equal(
      "Invalid parameter: SubscriptionArn Reason: no value for required parameter",
    );
  });
});
