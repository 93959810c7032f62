import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { endpoint, makeTopics, publication } from "../../../../harness/cloud/topics.ts";

const twoDays = 2 * 24 * 3_600_000;

/** A topic with a pending e-mail subscription, and the token that was sent. */
function makePending(protocol: "email" | "email-json" = "email") {
  const made = makeTopics();
  const { arn } = made.topics.create("orders");
  const subscription = made.topics.subscribe(arn, protocol, "ada@example.com");
  return { ...made, arn, subscriptionArn: subscription.arn, token: tokenIn(made.outbox) };
}

function tokenIn(outbox: ReturnType<typeof makeTopics>["outbox"]): string {
  const mail = outbox.list().at(-1);
  return /Token=([0-9a-f]+)/.exec(mail?.text ?? "")?.[1] ?? "";
}

const invalidToken = { code: "InvalidParameter", message: "Invalid parameter: Token" };

describe("confirming a subscription", () => {
  it("takes the token that was sent, as often as it comes", () => {
    const { topics, arn, subscriptionArn, token } = makePending();
    expect(topics.confirm(arn, token).arn).to.equal(subscriptionArn);
    expect(topics.confirm(arn, token).arn).to.equal(subscriptionArn);
    expect(topics.subscriptionAttributes(subscriptionArn)).to.include({
      PendingConfirmation: "false",
      ConfirmationWasAuthenticated: "true",
    });
  });

  it("finds the subscription by the token, whatever topic of the region is named", () => {
    const { topics, arn, subscriptionArn, token } = makePending();
    expect(topics.confirm(`${arn}-none`, token).arn).to.equal(subscriptionArn);
  });

  it("by opening the link is not authenticated", () => {
    const { topics, arn, subscriptionArn, token } = makePending();
    topics.confirm(arn, token, { signed: false });
    expect(topics.subscriptionAttributes(subscriptionArn)).to.include({
      PendingConfirmation: "false",
      ConfirmationWasAuthenticated: "false",
    });
  });

  it("refuses other tokens", () => {
    const { topics, arn, token } = makePending();
    expect(awsErrorOf(() => topics.confirm(arn, "51b2ff3e"))).to.deep.equal(invalidToken);
    expect(awsErrorOf(() => topics.confirm("orders", token)).message).to.equal(
      "Invalid parameter: Topic",
    );
    const elsewhere = arn.replace("eu-west-1", "us-east-1");
    expect(awsErrorOf(() => topics.confirm(elsewhere, "51b2ff3e")).message).to.equal(
      "Invalid parameter: Topic",
    );
    expect(awsErrorOf(() => topics.confirm(arn, "randomtoken"))).to.deep.equal({
      code: "InvalidParameter",
      message: "Invalid token",
    });
  });

  it("has two days' time", async () => {
    const { topics, clock, arn, token } = makePending();
    await clock.advance(twoDays - 1);
    const late = makePending();
    await late.clock.advance(twoDays);
    expect(topics.confirm(arn, token).status).to.equal("confirmed");
    expect(awsErrorOf(() => late.topics.confirm(late.arn, late.token))).to.deep.equal(invalidToken);
  });

  it("is asked for again by subscribing again, with a new token", () => {
    const { topics, outbox, arn, subscriptionArn, token } = makePending();
    expect(topics.subscribe(arn, "email", "ada@example.com").arn).to.equal(subscriptionArn);
    expect(outbox.list()).to.have.length(2);
    expect(awsErrorOf(() => topics.confirm(arn, token))).to.deep.equal(invalidToken);
    expect(topics.confirm(arn, tokenIn(outbox)).arn).to.equal(subscriptionArn);
  });

  it("may keep others from ending the subscription", () => {
    const { topics, arn, subscriptionArn, token } = makePending();
    topics.confirm(arn, token, { authenticateOnUnsubscribe: true });
    const unsubscribe = () => topics.unsubscribe(subscriptionArn, { signed: false });
    expect(awsErrorOf(unsubscribe).code).to.equal("AuthorizationError");
    expect(topics.subscriptions(arn)).to.have.length(1);
    topics.unsubscribe(subscriptionArn);
    expect(topics.subscriptions(arn)).to.deep.equal([]);
  });
});

describe("an e-mail subscription", () => {
  it("gets a mail with a link to confirm", () => {
    const { outbox, arn, token, hops } = makePending();
    expect(outbox.list()).to.have.length(1);
    const [mail] = outbox.list();
    expect(mail).to.deep.include({
      kind: "email",
      to: ["ada@example.com"],
      from: "AWS Notifications <no-reply@sns.amazonaws.com>",
      subject: "AWS Notification - Subscription Confirmation",
    });
    expect(mail?.text).to.contain(arn);
    expect(mail?.text).to.contain(
      `${endpoint}/?Action=ConfirmSubscription&TopicArn=${arn}&Token=${token}`,
    );
    expect(hops("sent").map(({ to, summary }) => [to, summary])).to.deep.equal([
      ["ada@example.com", "e-mail: AWS Notification - Subscription Confirmation"],
    ]);
  });

  it("gets no message before it is confirmed, and then each one as a mail", () => {
    const { topics, outbox, arn, subscriptionArn, token } = makePending();
    topics.publish(arn, publication("too early"));
    topics.setAttributes(arn, { DisplayName: "Orders" });
    topics.confirm(arn, token);
    const { messageId } = topics.publish(arn, publication("Thank you.", { subject: "Your order" }));
    expect(outbox.list()).to.have.length(2);
    const mail = outbox.list()[1];
    expect(mail).to.deep.include({
      kind: "email",
      to: ["ada@example.com"],
      from: "Orders <no-reply@sns.amazonaws.com>",
      subject: "Your order",
      event: messageId,
    });
    expect(mail?.text).to.match(/^Thank you\.\n\n--\n/);
    expect(mail?.text).to.contain(
      `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    );
  });

  it("gets AWS's subject where the message has none", () => {
    const { topics, outbox, arn, token } = makePending();
    topics.confirm(arn, token);
    topics.publish(arn, publication("x"));
    expect(outbox.list()[1]?.subject).to.equal("AWS Notification Message");
  });

  it("of the protocol email-json gets the envelopes", () => {
    const { topics, outbox, arn } = makePending("email-json");
    const confirmation = JSON.parse(outbox.list()[0]?.text ?? "");
    expect(confirmation.Type).to.equal("SubscriptionConfirmation");
    topics.confirm(arn, confirmation.Token);
    topics.publish(arn, publication("x"));
    expect(JSON.parse(outbox.list()[1]?.text ?? "")).to.include({
      Type: "Notification",
      Message: "x",
    });
  });

  it("that was ended by its link gets a mail with a way back", () => {
    const { topics, outbox, arn, subscriptionArn, token } = makePending();
    topics.confirm(arn, token, { signed: false });
    topics.unsubscribe(subscriptionArn, { signed: false });
    expect(outbox.list()[1]?.subject).to.equal("AWS Notification - Unsubscribe Confirmation");
    expect(topics.subscriptions(arn)).to.deep.equal([]);
    topics.confirm(arn, tokenIn(outbox), { signed: false });
    expect(topics.subscriptions(arn).map(({ arn }) => arn)).to.deep.equal([subscriptionArn]);
  });
});

describe("an SMS subscription", () => {
  it("gets each message as a text, with the topic's display name in front", () => {
    const { topics, outbox, hops } = makeTopics();
    const { arn } = topics.create("alerts", { DisplayName: "ALERTS" });
    topics.subscribe(arn, "sms", "+15550100");
    const { messageId } = topics.publish(arn, publication("Disk full", { subject: "not shown" }));
    expect(outbox.list()[0]).to.deep.include({
      kind: "sms",
      to: ["+15550100"],
      from: "NOTICE",
      text: "ALERTS> Disk full",
      event: messageId,
    });
    expect(hops("sent").map(({ to, summary }) => [to, summary])).to.deep.equal([
      ["+15550100", "text message"],
    ]);
  });

  it("shows the sender id that the message asks for", () => {
    const { topics, outbox } = makeTopics();
    const { arn } = topics.create("alerts");
    topics.subscribe(arn, "sms", "+15550100");
    const attributes = { "AWS.SNS.SMS.SenderID": { dataType: "String", stringValue: "SHOP" } };
    topics.publish(arn, publication("x", { attributes }));
    expect(outbox.list()[0]).to.include({ from: "SHOP", text: "x" });
  });
});
