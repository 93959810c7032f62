import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics } from "../../../../harness/cloud/topics.ts";

const queueArn = "arn:aws:sqs:eu-west-1:000000000000:audit";
const deadLetterArn = `${queueArn}-dlq`;
const redrive = (arn: string) => ({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn }) });

function makeSubscription(attributes: Record<string, string> = {}) {
  const { topics } = makeTopics();
  const topic = topics.create("orders");
  const { arn } = topics.subscribe(topic.arn, "sqs", queueArn, attributes);
  return { topics, topic, arn };
}

describe("the attributes of a subscription", () => {
  it("of an unconfigured subscription are AWS's defaults", () => {
    const { topics, topic, arn } = makeSubscription();
    expect(topics.subscriptionAttributes(arn)).to.deep.equal({
      ConfirmationWasAuthenticated: "true",
      Endpoint: queueArn,
      Owner: "000000000000",
      PendingConfirmation: "false",
      Protocol: "sqs",
      RawMessageDelivery: "false",
      SubscriptionArn: arn,
      SubscriptionPrincipal: "arn:aws:iam::000000000000:root",
      TopicArn: topic.arn,
    });
  });

  it("of a pending one say so", () => {
    const { topics } = makeTopics();
    const topic = topics.create("orders");
    const { arn } = topics.subscribe(topic.arn, "email", "ada@example.com");
    expect(topics.subscriptionAttributes(arn)).to.include({
      ConfirmationWasAuthenticated: "false",
      PendingConfirmation: "true",
    });
  });

  it("show the filter's scope with the filter only", () => {
    const { topics, arn } = makeSubscription();
    topics.setSubscriptionAttributes(arn, { FilterPolicyScope: "MessageBody" });
    expect(topics.subscriptionAttributes(arn)).to.not.have.property("FilterPolicyScope");
    topics.setSubscriptionAttributes(arn, { FilterPolicy: '{"attr":["match-this"]}' });
    expect(topics.subscriptionAttributes(arn)).to.include({
      FilterPolicy: '{"attr":["match-this"]}',
      FilterPolicyScope: "MessageBody",
    });
    topics.setSubscriptionAttributes(arn, { FilterPolicy: "" });
    expect(topics.subscriptionAttributes(arn)).to.not.have.any.keys(
      "FilterPolicy",
      "FilterPolicyScope",
    );
  });

  it("are given with Subscribe, too", () => {
    const given = {
      RawMessageDelivery: "True",
      FilterPolicy: '{"a":{"b":["x"]}}',
      FilterPolicyScope: "MessageBody",
      ...redrive(deadLetterArn),
    };
    const { topics, arn } = makeSubscription(given);
    expect(topics.subscriptionAttributes(arn)).to.include({
      ...given,
      RawMessageDelivery: "true",
    });
  });

  const refused: [Record<string, string>, string][] = [
    [{ "fake-attribute": "x" }, "AttributeName"],
    [
      { RawMessageDelivery: "test-ValUe" },
      "RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.",
    ],
    [{ RawMessageDelivery: "" }, "RawMessageDelivery: Invalid value []. Must be true or false."],
    [
      { FilterPolicyScope: "RandomValue" },
      "FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes",
    ],
    [
      { FilterPolicy: '{"key":[{"suffix":100}]}' },
      "FilterPolicy: suffix match pattern must be a string",
    ],
    [
      { FilterPolicy: '{"object":{"key":["x"]}}' },
      "Filter policy scope MessageAttributes does not support nested filter policy",
    ],
    [{ FilterPolicy: '["x"]' }, "FilterPolicy: Filter is not an object"],
    [
      { RedrivePolicy: '{"deadLetterTargetArn":"fake-arn"}' },
      "RedrivePolicy: deadLetterTargetArn is an invalid arn",
    ],
    [
      {
        RedrivePolicy: `{"deadLetterTargetArn":"${deadLetterArn}","maxReceiveCount":"5"}`,
      },
      "RedrivePolicy: Attribute maxReceiveCount is unknown",
    ],
    [
      redrive(deadLetterArn.replace("eu-west-1", "us-east-1")),
      "RedrivePolicy: the queue arn:aws:sqs:us-east-1:000000000000:audit-dlq must be in the account and region of the topic arn:aws:sns:eu-west-1:000000000000:orders",
    ],
    [
      redrive(`${deadLetterArn}.fifo`),
      "RedrivePolicy: must use a standard queue as DLQ for a Subscription to a standard Topic.",
    ],
    [
      { DeliveryPolicy: "{}" },
      "DeliveryPolicy: Delivery protocol [sqs] does not support a delivery policy.",
    ],
  ];
  for (const [attributes, problem] of refused) {
    it(`refuse ${JSON.stringify(attributes)}, also in Subscribe`, () => {
      const { topics, topic, arn } = makeSubscription();
      expect(awsErrorOf(() => topics.setSubscriptionAttributes(arn, attributes))).to.deep.equal({
        code: "InvalidParameter",
        message: `Invalid parameter: ${problem}`,
      });
      const subscribe = () => topics.subscribe(topic.arn, "sqs", `${queueArn}2`, attributes);
      expect(awsErrorOf(subscribe)).to.deep.equal({
        code: "InvalidParameter",
        message: `Invalid parameter: Attributes Reason: ${problem}`,
      });
      expect(topics.subscriptions()).to.have.length(1);
    });
  }

  it("refuse what is not JSON", () => {
    const { topics, arn } = makeSubscription();
    for (const name of ["FilterPolicy", "RedrivePolicy"]) {
      const { message } = awsErrorOf(() =>
        topics.setSubscriptionAttributes(arn, { [name]: "{invalidjson" }),
      );
      expect(message).to.match(
        new RegExp(`^Invalid parameter: ${name}: failed to parse JSON\\. .+`),
      );
    }
  });

  it("refuse raw delivery where the protocol has none", () => {
    const { topics } = makeTopics();
    const topic = topics.create("orders");
    const subscribe = () =>
      topics.subscribe(topic.arn, "sms", "+15550100", { RawMessageDelivery: "true" });
    expect(awsErrorOf(subscribe).message).to.contain(
      "Delivery protocol [sms] does not support raw message delivery.",
    );
    expect(
      topics.subscribe(topic.arn, "sms", "+15550100", { RawMessageDelivery: "false" }).rawDelivery,
    ).to.equal(false);
  });

  it("refuse a scope that does not fit the filter that is there", () => {
    const { topics, arn } = makeSubscription({
      FilterPolicy: '{"a":{"b":["x"]}}',
      FilterPolicyScope: "MessageBody",
    });
    expect(
      awsErrorOf(() =>
        topics.setSubscriptionAttributes(arn, { FilterPolicyScope: "MessageAttributes" }),
      ).message,
    ).to.contain("does not support nested filter policy");
  });

  it("want a FIFO dead-letter queue for a FIFO queue on a FIFO topic, and either for a standard one", () => {
    const { topics } = makeTopics();
    const topic = topics.create("orders.fifo", { FifoTopic: "true" });
    const subscribe = (endpoint: string, target: string) =>
      topics.subscribe(topic.arn, "sqs", endpoint, redrive(target));
    expect(awsErrorOf(() => subscribe(`${queueArn}.fifo`, deadLetterArn)).message).to.contain(
      "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.",
    );
    expect(subscribe(`${queueArn}.fifo`, `${deadLetterArn}.fifo`).deadLetterArn).to.equal(
      `${deadLetterArn}.fifo`,
    );
    expect(subscribe(queueArn, deadLetterArn).deadLetterArn).to.equal(deadLetterArn);
  });

  it("are not found for a subscription that is not there", () => {
    const { topics, topic, arn } = makeSubscription();
    topics.unsubscribe(arn);
    const set = () => topics.setSubscriptionAttributes(arn, { RawMessageDelivery: "true" });
    expect(awsErrorOf(set).code).to.equal("NotFound");
    expect(awsErrorOf(() => topics.subscriptionAttributes(topic.arn)).message).to.equal(
      "Invalid parameter: SubscriptionId",
    );
  });
});

describe("an HTTP subscription's delivery policy", () => {
  const retries = {
    minDelayTarget: 1,
    maxDelayTarget: 1,
    numRetries: 0,
    numMaxDelayRetries: 0,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    backoffFunction: "linear",
  };
  const none = { sicklyRetryPolicy: null, throttlePolicy: null, guaranteed: false };

  function described(topicPolicy: object | undefined, policy: object | undefined) {
    const { topics } = makeTopics({
      deliverers: { http: { deliver: () => undefined, confirm: () => undefined } },
    });
    const text = (value: object | undefined): Record<string, string> =>
      value === undefined ? {} : { DeliveryPolicy: JSON.stringify(value) };
    const topic = topics.create("orders", text(topicPolicy));
    const { arn } = topics.subscribe(topic.arn, "http", "http://localhost:1/hook", text(policy));
    const attributes = topics.subscriptionAttributes(arn);
    return {
      given: attributes.DeliveryPolicy && JSON.parse(attributes.DeliveryPolicy),
      effective: JSON.parse(attributes.EffectiveDeliveryPolicy ?? ""),
    };
  }

  it("takes from the topic what it does not say itself", () => {
    const { given, effective } = described(
      { http: { defaultRequestPolicy: { headerContentType: "application/json" } } },
      { healthyRetryPolicy: retries },
    );
    expect(given).to.deep.equal({ ...none, healthyRetryPolicy: retries, requestPolicy: null });
    expect(effective).to.deep.equal({
      ...none,
      healthyRetryPolicy: retries,
      requestPolicy: { headerContentType: "application/json" },
    });
  });

  it("does not count where the topic disables it", () => {
    const { effective } = described(
      { http: { disableSubscriptionOverrides: true } },
      { requestPolicy: { headerContentType: "text/csv" } },
    );
    expect(effective.requestPolicy).to.deep.equal({
      headerContentType: "text/plain; charset=UTF-8",
    });
  });

  it("is shown in its effective form only when none was given", () => {
    const { given, effective } = described(undefined, undefined);
    expect(given).to.equal(undefined);
    expect(effective.healthyRetryPolicy.numRetries).to.equal(3);
  });
});
