import { expect } from "chai";
import type { SubscriptionAttributes } from "../../../../../local/services/sns/subscription.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeTopics } from "../../../../harness/cloud/topics.ts";

const queueArn = "arn:aws:sqs:eu-west-1:000000000000:audit";
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:audit";
const invalid = (what: string) => ({
  code: "InvalidParameter",
  message: `Invalid parameter: ${what}`,
});

function makeTopic(fifo = false) {
  const made = makeTopics();
  const { arn } = fifo
    ? made.topics.create("orders.fifo", { FifoTopic: "true" })
    : made.topics.create("orders");
  return { ...made, arn };
}

describe("subscribing", () => {
  it("gives a subscription an ARN below its topic's, confirmed where AWS can tell who owns the endpoint", () => {
    const { topics, arn } = makeTopic();
    for (const [protocol, endpoint] of [
      ["sqs", queueArn],
      ["lambda", functionArn],
      ["lambda", `${functionArn}:live`],
      ["sms", "+123123123"],
      ["sms", "+15/55-123.4567"],
    ] as const) {
      const subscription = topics.subscribe(arn, protocol, endpoint);
      expect(subscription.arn).to.match(new RegExp(`^${arn}:[0-9a-f-]{36}$`));
      expect(subscription).to.include({ topicArn: arn, protocol, endpoint, status: "confirmed" });
    }
  });

  it("leaves e-mail addresses pending", () => {
    const { topics, arn } = makeTopic();
    for (const [protocol, endpoint] of [
      ["email", "ada@example.com"],
      ["email-json", "ada@example.com"],
    ] as const) {
      expect(topics.subscribe(arn, protocol, endpoint).status).to.equal("pending");
    }
  });

  it("does not ask whether a queue exists", () => {
    const { topics, queues, arn } = makeTopic();
    topics.subscribe(arn, "sqs", queueArn);
    expect(queues.list()).to.deep.equal([]);
    expect(topics.subscriptions(arn)).to.have.length(1);
  });

  const refused: [string, string, string][] = [
    [
      "test-protocol",
      "x",
      "Invalid parameter: Amazon SNS does not support this protocol string: test-protocol",
    ],
    [
      "toString",
      "x",
      "Invalid parameter: Amazon SNS does not support this protocol string: toString",
    ],
    ["sqs", "http://127.0.0.1:4566/000000000000/audit", "Invalid parameter: SQS endpoint ARN"],
    ["sqs", functionArn, "Invalid parameter: SQS endpoint ARN"],
    ["lambda", queueArn, "Invalid parameter: Lambda endpoint ARN"],
    ["firehose", queueArn, "Invalid parameter: Firehose endpoint ARN"],
    ...[
      "NAA+15551234567",
      "+15--551234567",
      "+15551234567.",
      "/+15551234567",
      "+1555123456789012",
    ].map((number): [string, string, string] => ["sms", number, `Invalid SMS endpoint: ${number}`]),
    ["email", "ada", "Invalid parameter: Email address"],
    [
      "http",
      "https://localhost/hook",
      "Invalid parameter: Endpoint must match the specified protocol",
    ],
    [
      "https",
      "http://localhost/hook",
      "Invalid parameter: Endpoint must match the specified protocol",
    ],
    [
      "sqs",
      `${queueArn}.fifo`,
      "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
    ],
  ];
  for (const [protocol, endpoint, message] of refused) {
    it(`refuses ${protocol} to ${endpoint}`, () => {
      const { topics, arn } = makeTopic();
      expect(awsErrorOf(() => topics.subscribe(arn, protocol, endpoint))).to.deep.equal({
        code: "InvalidParameter",
        message,
      });
      expect(topics.subscriptions(arn)).to.deep.equal([]);
    });
  }

  it("lets a FIFO topic have queues only, FIFO and standard ones", () => {
    const { topics, arn } = makeTopic(true);
    expect(topics.subscribe(arn, "sqs", `${queueArn}.fifo`).status).to.equal("confirmed");
    expect(topics.subscribe(arn, "sqs", queueArn).status).to.equal("confirmed");
    for (const protocol of ["lambda", "email", "http", "sms", "firehose"]) {
      expect(awsErrorOf(() => topics.subscribe(arn, protocol, functionArn))).to.deep.equal(
        invalid(`Invalid protocol type: ${protocol}`),
      );
    }
  });

  it("says what is not supported: mobile push, a protocol without a deliverer, HTTP to other machines", () => {
    const { topics, arn } = makeTopic();
    const stream = "arn:aws:firehose:eu-west-1:000000000000:deliverystream/audit";
    for (const [protocol, endpoint] of [
      ["application", "arn:aws:sns:eu-west-1:000000000000:endpoint/GCM/app/1"],
      ["firehose", stream],
      ["https", "https://hooks.example.com/x"],
      ["http", "http://127.0.0.1.example.com/"],
      ["http", "http://10.0.0.1/"],
    ] as const) {
      expect(awsErrorOf(() => topics.subscribe(arn, protocol, endpoint)).code).to.equal(
        "NotImplemented",
      );
    }
  });

  it("wants a role for a Firehose stream", () => {
    const { topics } = makeTopics({ deliverers: { firehose: { deliver: () => undefined } } });
    const { arn } = topics.create("orders");
    const stream = "arn:aws:firehose:eu-west-1:000000000000:deliverystream/audit";
    expect(awsErrorOf(() => topics.subscribe(arn, "firehose", stream)).message).to.contain(
      "SubscriptionRoleArn",
    );
    const role = { SubscriptionRoleArn: "arn:aws:iam::000000000000:role/stream" };
    expect(topics.subscribe(arn, "firehose", stream, role).status).to.equal("confirmed");
  });

  it("refuses a topic that is not there", () => {
    const { topics } = makeTopics();
    const missing = "arn:aws:sns:eu-west-1:000000000000:orders";
    expect(awsErrorOf(() => topics.subscribe(missing, "sqs", queueArn)).code).to.equal("NotFound");
  });

  it("allows 100 subscriptions to a FIFO topic", () => {
    const { topics, arn } = makeTopic(true);
    for (let count = 0; count < 100; count++) topics.subscribe(arn, "sqs", `${queueArn}${count}`);
    expect(awsErrorOf(() => topics.subscribe(arn, "sqs", queueArn)).code).to.equal(
      "SubscriptionLimitExceeded",
    );
  });

  it("allows 200 filter policies to a topic", () => {
    const { topics, arn } = makeTopic();
    const filter = { FilterPolicy: '{"a":["x"]}' };
    for (let count = 0; count < 200; count++) {
      topics.subscribe(arn, "sqs", `${queueArn}${count}`, filter);
    }
    expect(awsErrorOf(() => topics.subscribe(arn, "sqs", queueArn, filter)).code).to.equal(
      "FilterPolicyLimitExceeded",
    );
    const { arn: plain } = topics.subscribe(arn, "sqs", queueArn);
    expect(awsErrorOf(() => topics.setSubscriptionAttributes(plain, filter)).code).to.equal(
      "FilterPolicyLimitExceeded",
    );
  });
});

describe("subscribing the same endpoint again", () => {
  const attributes = { RawMessageDelivery: "true", FilterPolicy: '{"a":["x"]}' };

  it("gives the same subscription for the same attributes, or fewer", () => {
    const { topics, arn } = makeTopic();
    const first = topics.subscribe(arn, "sqs", queueArn, attributes).arn;
    const same: SubscriptionAttributes[] = [
      attributes,
      { ...attributes, RawMessageDelivery: "True" },
      { RawMessageDelivery: "true" },
      { FilterPolicyScope: "MessageAttributes" },
      {},
    ];
    for (const again of same) {
      expect(topics.subscribe(arn, "sqs", queueArn, again).arn).to.equal(first);
    }
    expect(topics.subscriptions(arn)).to.have.length(1);
  });

  it("is refused for other attributes", () => {
    const { topics, arn } = makeTopic();
    topics.subscribe(arn, "sqs", queueArn, attributes);
    const others: SubscriptionAttributes[] = [
      { RawMessageDelivery: "false" },
      { FilterPolicy: '{"a":["y"]}' },
      { RedrivePolicy: `{"deadLetterTargetArn":"${queueArn}-dlq"}` },
    ];
    for (const other of others) {
      expect(awsErrorOf(() => topics.subscribe(arn, "sqs", queueArn, other))).to.deep.equal(
        invalid("Attributes Reason: Subscription already exists with different attributes"),
      );
    }
  });

  it("makes a new one after it was unsubscribed", () => {
    const { topics, arn } = makeTopic();
    const first = topics.subscribe(arn, "sqs", queueArn).arn;
    topics.unsubscribe(first);
    expect(topics.subscribe(arn, "sqs", queueArn, attributes).arn).to.not.equal(first);
  });
});

describe("unsubscribing", () => {
  it("may be done twice", () => {
    const { topics, arn } = makeTopic();
    const { arn: subscriptionArn } = topics.subscribe(arn, "sqs", queueArn);
    topics.unsubscribe(subscriptionArn);
    topics.unsubscribe(subscriptionArn);
    expect(topics.subscriptions(arn)).to.deep.equal([]);
    expect(topics.attributes(arn).SubscriptionsDeleted).to.equal("1");
    expect(awsErrorOf(() => topics.subscriptionAttributes(subscriptionArn))).to.deep.equal({
      code: "NotFound",
      message: "Subscription does not exist",
    });
  });

  it("refuses what is no subscription's ARN", () => {
    const { topics, arn } = makeTopic();
    for (const [text, problem] of [
      ["randomarn", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
      [
        "arn:aws:sns:eu-west-1:random",
        "SubscriptionArn Reason: An ARN must have at least 6 elements, not 5",
      ],
      [arn, "SubscriptionId"],
      [`${arn.replace("eu-west-1", "us-east-1")}:1`, "SubscriptionArn"],
    ] as const) {
      expect(awsErrorOf(() => topics.unsubscribe(text))).to.deep.equal(invalid(problem));
    }
  });
});
