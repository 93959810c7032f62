import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics } from "../../../../harness/cloud/topics.ts";

const arn = "arn:aws:sns:eu-west-1:000000000000:orders";

const defaultRetries = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};

describe("the attributes of a topic", () => {
  it("of an unconfigured topic are AWS's defaults", () => {
    const { topics } = makeTopics();
    topics.create("orders");
    const { Policy = "", EffectiveDeliveryPolicy = "", ...others } = topics.attributes(arn);
    expect(others).to.deep.equal({
      DisplayName: "",
      Owner: "000000000000",
      SubscriptionsConfirmed: "0",
      SubscriptionsDeleted: "0",
      SubscriptionsPending: "0",
      TopicArn: arn,
    });
    expect(JSON.parse(EffectiveDeliveryPolicy)).to.deep.equal({
      http: {
        defaultHealthyRetryPolicy: defaultRetries,
        disableSubscriptionOverrides: false,
        defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
      },
    });
    expect(JSON.parse(Policy)).to.deep.equal({
      Version: "2008-10-17",
      Id: "__default_policy_ID",
      Statement: [
        {
          Sid: "__default_statement_ID",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: [
            "SNS:GetTopicAttributes",
            "SNS:SetTopicAttributes",
            "SNS:AddPermission",
            "SNS:RemovePermission",
            "SNS:DeleteTopic",
            "SNS:Subscribe",
            "SNS:ListSubscriptionsByTopic",
            "SNS:Publish",
          ],
          Resource: arn,
          Condition: { StringEquals: { "AWS:SourceOwner": "000000000000" } },
        },
      ],
    });
    expect(topics.policy(arn)).to.equal(Policy);
  });

  it("of a FIFO topic say so, and of one made with FifoTopic=false do not", () => {
    const { topics } = makeTopics();
    const fifo = topics.create("orders.fifo", { FifoTopic: "true" });
    expect(topics.attributes(fifo.arn)).to.include({
      FifoTopic: "true",
      ContentBasedDeduplication: "false",
    });
    const standard = topics.create("orders", { FifoTopic: "false" });
    expect(topics.attributes(standard.arn)).to.not.have.any.keys(
      "FifoTopic",
      "ContentBasedDeduplication",
    );
  });

  it("count subscriptions: confirmed, pending, and ended", () => {
    const { topics } = makeTopics();
    topics.create("orders");
    const { arn: ended } = topics.subscribe(arn, "sms", "+15550100");
    topics.subscribe(arn, "sms", "+15550101");
    topics.subscribe(arn, "email", "ada@example.com");
    topics.unsubscribe(ended);
    expect(topics.attributes(arn)).to.include({
      SubscriptionsConfirmed: "1",
      SubscriptionsPending: "1",
      SubscriptionsDeleted: "1",
    });
  });

  it("are set one by one, and taken away by an empty value", () => {
    const { topics } = makeTopics();
    topics.create("orders", { DisplayName: "Orders", KmsMasterKeyId: "alias/orders" });
    topics.setAttributes(arn, { TracingConfig: "Active" });
    topics.setAttributes(arn, { KmsMasterKeyId: "" });
    const attributes = topics.attributes(arn);
    expect(attributes).to.include({ DisplayName: "Orders", TracingConfig: "Active" });
    expect(attributes).to.not.have.property("KmsMasterKeyId");
  });

  const refused: [string, string, string][] = [
    ["FifoTopic", "false", "AttributeName"],
    ["Owner", "1", "AttributeName"],
    ["toString", "1", "AttributeName"],
    ["SignatureVersion", "3", "SignatureVersion: Invalid value [3]. Must be 1 or 2."],
    ["TracingConfig", "On", "TracingConfig: Invalid value [On]. Must be PassThrough or Active."],
    [
      "SQSSuccessFeedbackSampleRate",
      "101",
      "SQSSuccessFeedbackSampleRate: Invalid value [101]. Must be 0 to 100.",
    ],
    [
      "MaximumMessageSize",
      "1023",
      "MaximumMessageSize: Invalid value [1023]. Must be 1024 to 1048576.",
    ],
    ["DisplayName", "x".repeat(101), "DisplayName: Must be at most 100 characters."],
    [
      "ContentBasedDeduplication",
      "true",
      "ContentBasedDeduplication: Only FIFO topics have this attribute",
    ],
    ["FifoThroughputScope", "Topic", "FifoThroughputScope: Only FIFO topics have this attribute"],
    ["Policy", "{}", "Policy Error: not a policy document with statements"],
    [
      "Policy",
      '{"Statement":[{"Action":["SNS:Publish","SNS:ListTopics"]}]}',
      "Policy statement action out of service scope!",
    ],
    [
      "Policy",
      '{"Statement":[{"Action":"sns:*"}]}',
      "Policy statement action out of service scope!",
    ],
    [
      "Policy",
      '{"Statement":[{"Action":"Publish"}]}',
      "Policy statement action out of service scope!",
    ],
    [
      "DeliveryPolicy",
      '{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}',
      "DeliveryPolicy: defaultHealthyRetryPolicy.numRetries must be an integer from 0 to 100",
    ],
    ["DeliveryPolicy", "{}", "DeliveryPolicy: http must be an object"],
  ];
  for (const [name, value, problem] of refused) {
    it(`refuse ${name}=${value.slice(0, 60)}`, () => {
      const { topics } = makeTopics();
      topics.create("orders");
      expect(awsErrorOf(() => topics.setAttributes(arn, { [name]: value }))).to.deep.equal({
        code: "InvalidParameter",
        message: `Invalid parameter: ${problem}`,
      });
    });
  }

  it("are refused at creation in the words of CreateTopic", () => {
    const { topics } = makeTopics();
    expect(awsErrorOf(() => topics.create("orders", { SignatureVersion: "3" })).message).to.equal(
      "Invalid parameter: Attributes Reason: SignatureVersion: Invalid value [3]. Must be 1 or 2.",
    );
    expect(awsErrorOf(() => topics.create("orders", { Colour: "red" })).message).to.equal(
      "Invalid parameter: Attributes Reason: Unknown attribute Colour",
    );
    expect(topics.list()).to.deep.equal([]);
  });

  it("refuse active tracing on a FIFO topic", () => {
    const { topics } = makeTopics();
    const attributes = { FifoTopic: "true", TracingConfig: "Active" };
    expect(awsErrorOf(() => topics.create("orders.fifo", attributes)).message).to.contain(
      "Active tracing is for standard topics",
    );
  });

  it("allow messages over 256 KiB only where SQS, Lambda and Firehose are subscribed", () => {
    const { topics } = makeTopics();
    topics.create("orders");
    topics.subscribe(arn, "sms", "+15550100");
    expect(
      awsErrorOf(() => topics.setAttributes(arn, { MaximumMessageSize: "262145" })).message,
    ).to.contain("(found sms)");
    topics.setAttributes(arn, { MaximumMessageSize: "262144" });
    topics.unsubscribe(topics.subscriptions(arn)[0]?.arn ?? "");
    topics.setAttributes(arn, { MaximumMessageSize: "1048576" });
    expect(awsErrorOf(() => topics.subscribe(arn, "email", "ada@example.com")).message).to.contain(
      "(found email)",
    );
  });
});

describe("a topic's delivery policy", () => {
  function described(policy: string) {
    const { topics } = makeTopics();
    topics.create("orders", policy === "" ? {} : { DeliveryPolicy: policy });
    const { DeliveryPolicy, EffectiveDeliveryPolicy = "" } = topics.attributes(arn);
    return {
      given: DeliveryPolicy === undefined ? undefined : JSON.parse(DeliveryPolicy).http,
      effective: JSON.parse(EffectiveDeliveryPolicy).http,
    };
  }

  it("fills in what was not given in its effective form only", () => {
    const { given, effective } = described(
      '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1}}}',
    );
    expect(given).to.deep.equal({
      defaultHealthyRetryPolicy: { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1 },
      disableSubscriptionOverrides: false,
    });
    expect(effective).to.deep.equal({
      defaultHealthyRetryPolicy: {
        ...defaultRetries,
        minDelayTarget: 5,
        maxDelayTarget: 6,
        numRetries: 1,
      },
      disableSubscriptionOverrides: false,
      defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
    });
  });

  it("may ask for a content type alone", () => {
    const { given, effective } = described(
      '{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}',
    );
    expect(given).to.deep.equal({
      disableSubscriptionOverrides: false,
      defaultRequestPolicy: { headerContentType: "application/json" },
    });
    expect(effective.defaultHealthyRetryPolicy).to.deep.equal(defaultRetries);
    expect(effective.defaultRequestPolicy).to.deep.equal({ headerContentType: "application/json" });
  });

  it("may have its retries taken back by null", () => {
    const { given, effective } = described('{"http":{"defaultHealthyRetryPolicy":null}}');
    expect(given).to.deep.equal({ disableSubscriptionOverrides: false });
    expect(effective.defaultHealthyRetryPolicy).to.deep.equal(defaultRetries);
  });

  it("refuses numbers that do not fit each other", () => {
    for (const [retries, problem] of [
      ['{"minDelayTarget":30}', "maxDelayTarget must not be less than minDelayTarget"],
      ['{"numNoDelayRetries":4}', "numRetries must cover the retries of all phases (4)"],
      ['{"backoffFunction":"random"}', "backoffFunction must be"],
      ['{"minDelayTarget":0}', "minDelayTarget must be an integer from 1 to 3600"],
      ['{"numRetries":1.5}', "numRetries must be an integer from 0 to 100"],
    ]) {
      const policy = `{"http":{"defaultHealthyRetryPolicy":${retries}}}`;
      expect(awsErrorOf(() => described(policy)).message).to.contain(problem);
    }
  });

  it("throttles deliveries, by a whole number a second", () => {
    const throttledBy = (throttle: unknown) =>
      described(JSON.stringify({ http: { defaultThrottlePolicy: throttle } }));
    const { given, effective } = throttledBy({ maxReceivesPerSecond: 10 });
    for (const policy of [given, effective]) {
      expect(policy.defaultThrottlePolicy).to.deep.equal({ maxReceivesPerSecond: 10 });
    }
    for (const rate of [0, -1, 1.5, "10"]) {
      expect(awsErrorOf(() => throttledBy({ maxReceivesPerSecond: rate })).message).to.contain(
        "defaultThrottlePolicy.maxReceivesPerSecond must be an integer of 1 or more",
      );
    }
    expect(throttledBy({}).effective).not.to.have.any.keys("defaultThrottlePolicy");
  });
});

describe("permissions added to a topic's policy", () => {
  const permission = { label: "partner", accounts: ["111122223333"], actions: ["Publish"] };

  it("stand after the default statement, and go by their label", () => {
    const { topics } = makeTopics();
    topics.create("orders");
    const before = topics.policy(arn);
    topics.addPermission(arn, permission);
    expect(JSON.parse(topics.policy(arn) ?? "").Statement[1]).to.deep.equal({
      Sid: "partner",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "SNS:Publish",
      Resource: arn,
    });
    topics.removePermission(arn, "partner");
    expect(topics.policy(arn)).to.equal(before);
  });

  it("may name several accounts and actions", () => {
    const { topics } = makeTopics();
    topics.create("orders");
    topics.addPermission(arn, {
      label: "partners",
      accounts: ["111122223333", "444455556666"],
      actions: ["Publish", "Subscribe"],
    });
    expect(JSON.parse(topics.policy(arn) ?? "").Statement[1]).to.deep.include({
      Principal: { AWS: ["arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root"] },
      Action: ["SNS:Publish", "SNS:Subscribe"],
    });
  });

  it("are refused twice under one label, and for what is no action on a topic", () => {
    const { topics } = makeTopics();
    topics.create("orders");
    topics.addPermission(arn, permission);
    expect(awsErrorOf(() => topics.addPermission(arn, permission)).message).to.equal(
      "Invalid parameter: Statement already exists",
    );
    const wide = { ...permission, label: "wide", actions: ["ListTopics"] };
    expect(awsErrorOf(() => topics.addPermission(arn, wide)).message).to.equal(
      "Invalid parameter: Policy statement action out of service scope!",
    );
  });
});
