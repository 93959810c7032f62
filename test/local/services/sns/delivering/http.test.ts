import { expect } from "chai";
import { endpoint, makeTopics, publication } from "../../../../harness/cloud/topics.ts";
import { listenForPosts, type Webhook } from "../../../../harness/endpoints/webhook.ts";

describe("an HTTP endpoint", () => {
  let webhook: Webhook;
  afterEach(() => webhook.close());

  /** A topic with one confirmed subscription, and nothing posted yet but the confirmation. */
  async function subscribed(attributes: Record<string, string> = {}, ...answers: number[]) {
    webhook = await listenForPosts(200, ...answers);
    const made = makeTopics();
    const { arn } = made.topics.create("orders");
    const subscription = made.topics.subscribe(arn, "http", webhook.url, attributes);
    await made.activity.idle();
    const token = JSON.parse(webhook.posts[0]?.body ?? "").Token;
    made.topics.confirm(arn, token, { signed: false });
    return { ...made, arn, token, subscriptionArn: subscription.arn };
  }

  it("is asked to confirm, with SNS's document and headers", async () => {
    const { clock, topics, arn, token } = await subscribed();
    expect(webhook.posts).to.have.length(1);
    const { headers, body } = webhook.posts[0] ?? { headers: {}, body: "" };
    const document = JSON.parse(body);
    expect(Object.entries(document)).to.deep.equal([
      ["Type", "SubscriptionConfirmation"],
      ["MessageId", document.MessageId],
      ["Token", token],
      ["TopicArn", arn],
      [
        "Message",
        `You have chosen to subscribe to the topic ${arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      ],
      ["SubscribeURL", `${endpoint}/?Action=ConfirmSubscription&TopicArn=${arn}&Token=${token}`],
      ["Timestamp", new Date(clock.now()).toISOString()],
      ["SignatureVersion", "1"],
      ["Signature", document.Signature],
      ["SigningCertURL", topics.signer.certificateUrl],
    ]);
    expect(headers).to.include({
      "content-type": "text/plain; charset=UTF-8",
      "user-agent": "Amazon Simple Notification Service Agent",
      "x-amz-sns-message-id": document.MessageId,
      "x-amz-sns-message-type": "SubscriptionConfirmation",
      "x-amz-sns-topic-arn": arn,
    });
    expect(Object.keys(headers).sort()).to.deep.equal([
      "accept-encoding",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
      "x-amz-sns-message-id",
      "x-amz-sns-message-type",
      "x-amz-sns-topic-arn",
    ]);
  });

  it("gets messages in the envelope once it has confirmed, and none before", async () => {
    webhook = await listenForPosts();
    const { topics, activity, hops } = makeTopics();
    const { arn } = topics.create("orders");
    const subscription = topics.subscribe(arn, "http", webhook.url);
    topics.publish(arn, publication("before"));
    await activity.idle();
    topics.confirm(arn, JSON.parse(webhook.posts[0]?.body ?? "").Token);
    const { messageId } = topics.publish(arn, publication("after", { subject: "s" }));
    await activity.idle();
    expect(webhook.posts).to.have.length(2);
    const { headers, body } = webhook.posts[1] ?? { headers: {}, body: "" };
    expect(JSON.parse(body)).to.include({
      Type: "Notification",
      MessageId: messageId,
      Subject: "s",
      Message: "after",
    });
    expect(headers).to.include({
      "content-type": "text/plain; charset=UTF-8",
      "x-amz-sns-message-id": messageId,
      "x-amz-sns-message-type": "Notification",
      "x-amz-sns-subscription-arn": subscription.arn,
      "x-amz-sns-topic-arn": arn,
    });
    expect(headers).to.not.have.property("x-amz-sns-rawdelivery");
    expect(hops("sent").map(({ summary, to }) => [summary, to])).to.deep.equal([
      ["POST, SubscriptionConfirmation", webhook.url],
      ["POST, Notification", webhook.url],
    ]);
  });

  it("gets the message alone, without attributes, where the delivery is raw", async () => {
    const { topics, activity, arn } = await subscribed({ RawMessageDelivery: "true" });
    const attributes = { a: { dataType: "String", stringValue: "x" } };
    topics.publish(arn, publication("x", { attributes }));
    await activity.idle();
    const { headers, body } = webhook.posts[1] ?? { headers: {}, body: "" };
    expect(body).to.equal("x");
    expect(headers["x-amz-sns-rawdelivery"]).to.equal("true");
  });

  it("gets the content type of the delivery policy", async () => {
    const { topics, activity, arn } = await subscribed({
      DeliveryPolicy: '{"requestPolicy":{"headerContentType":"text/csv"}}',
    });
    topics.publish(arn, publication("x"));
    await activity.idle();
    expect(webhook.posts[0]?.headers["content-type"]).to.equal("text/plain; charset=UTF-8");
    expect(webhook.posts[1]?.headers["content-type"]).to.equal("text/csv");
  });

  for (const status of [500, 503, 429]) {
    it(`is tried again after answering ${status}`, async () => {
      const { topics, clock, activity, arn, hops } = await subscribed({}, status);
      topics.publish(arn, publication("x"));
      await activity.idle();
      expect(hops("retrying").map(({ at }) => at - clock.now())).to.deep.equal([20_000]);
      await clock.advance(20_000);
      expect(webhook.posts).to.have.length(3);
      expect(webhook.posts[2]?.body).to.equal(webhook.posts[1]?.body);
    });
  }

  for (const status of [400, 403, 404, 302]) {
    it(`is not tried again after answering ${status}`, async () => {
      const { topics, clock, arn, hops } = await subscribed({}, status);
      topics.publish(arn, publication("x"));
      await clock.advance(3_600_000);
      expect(webhook.posts).to.have.length(2);
      expect(hops("dropped").map(({ reason }) => reason)).to.deep.equal([
        `${webhook.url} answered ${status}`,
      ]);
    });
  }

  it("is tried again as its own delivery policy says", async () => {
    const retries = { numRetries: 2, minDelayTarget: 1, maxDelayTarget: 5 };
    const { topics, clock, arn, hops } = await subscribed(
      { DeliveryPolicy: JSON.stringify({ healthyRetryPolicy: retries }) },
      500,
      500,
      500,
    );
    const start = clock.now();
    topics.publish(arn, publication("x"));
    await clock.advance(60_000);
    expect(hops("retrying").map(({ at }) => at - start)).to.deep.equal([1000, 6000]);
    expect(webhook.posts).to.have.length(4);
    expect(hops("dropped")).to.have.length(1);
  });

  it("that does not answer at all is tried again", async () => {
    const { topics, activity, arn, hops } = await subscribed();
    await webhook.close();
    topics.publish(arn, publication("x"));
    await activity.idle();
    expect(hops("retrying")[0]?.reason).to.match(/does not answer: .*ECONNREFUSED/);
  });

  it("gets the name and password of its URL in a header", async () => {
    webhook = await listenForPosts();
    const { topics, activity } = makeTopics();
    const { arn } = topics.create("orders");
    topics.subscribe(arn, "http", webhook.url.replace("//", "//ada:s%40fe@"));
    await activity.idle();
    expect(webhook.posts[0]?.headers.authorization).to.equal(
      `Basic ${Buffer.from("ada:s@fe").toString("base64")}`,
    );
  });

  it("is notified of an unsigned unsubscribe, and can restore the subscription", async () => {
    const { topics, activity, arn, subscriptionArn } = await subscribed();
    topics.unsubscribe(subscriptionArn, { signed: false });
    await activity.idle();
    const { headers, body } = webhook.posts[1] ?? { headers: {}, body: "" };
    const document = JSON.parse(body);
    expect(document).to.include({
      Type: "UnsubscribeConfirmation",
      TopicArn: arn,
      Message: `You have chosen to deactivate subscription ${subscriptionArn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
    });
    expect(headers).to.include({
      "x-amz-sns-message-type": "UnsubscribeConfirmation",
      "x-amz-sns-subscription-arn": subscriptionArn,
    });
    expect(topics.subscriptions(arn)).to.deep.equal([]);
    topics.publish(arn, publication("lost"));
    topics.confirm(arn, document.Token);
    topics.publish(arn, publication("back"));
    await activity.idle();
    expect(webhook.posts.slice(2).map(({ body }) => JSON.parse(body).Message)).to.deep.equal([
      "back",
    ]);
    expect(topics.subscriptions(arn).map(({ arn }) => arn)).to.deep.equal([subscriptionArn]);
  });

  it("gets nothing more that was to be tried again once it is unsubscribed", async () => {
    const { topics, clock, activity, arn, subscriptionArn } = await subscribed({}, 500);
    topics.publish(arn, publication("x"));
    await activity.idle();
    topics.unsubscribe(subscriptionArn, { signed: false });
    await clock.advance(3_600_000);
    expect(webhook.posts.map(({ headers }) => headers["x-amz-sns-message-type"])).to.deep.equal([
      "SubscriptionConfirmation",
      "Notification",
      "UnsubscribeConfirmation",
    ]);
  });

  it("that its owner unsubscribed is not told", async () => {
    const { topics, activity, arn, subscriptionArn } = await subscribed();
    topics.unsubscribe(subscriptionArn);
    await activity.idle();
    expect(webhook.posts).to.have.length(1);
    expect(topics.subscriptions(arn)).to.deep.equal([]);
  });
});
