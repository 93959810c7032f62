import { expect } from "chai";
import { type ConsumerSpec, FanoutTopic } from "../../components/index.ts";
import {
  counts,
  json,
  namesOf,
  resource,
  subscriptionTo,
  waitsFor,
} from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts-1a2b3c4";
const redrivePolicy = JSON.stringify({
  deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:alerts-1a2b3c4-out-undelivered",
});

function alerts(spec: ConsumerSpec) {
  return runProgram(() => new FanoutTopic("alerts", { consumers: [spec] }));
}

describe("a consumer that is an address", () => {
  const cases: [string, ConsumerSpec, Readonly<Record<string, unknown>>][] = [
    [
      "e-mail",
      { name: "out", kind: "email", endpoint: "ops@example.com" },
      { protocol: "email", endpoint: "ops@example.com" },
    ],
    [
      "e-mail with the whole notification",
      { name: "out", kind: "email", endpoint: "ops@example.com", json: true },
      { protocol: "email-json", endpoint: "ops@example.com" },
    ],
    [
      "a text message",
      { name: "out", kind: "sms", endpoint: "+4915112345678" },
      { protocol: "sms", endpoint: "+4915112345678" },
    ],
    [
      "a web server",
      {
        name: "out",
        kind: "https",
        endpoint: "https://example.com/hook",
        rawDelivery: true,
        retries: { attempts: 5, backoff: "exponential", maximumDelaySeconds: 60 },
      },
      {
        protocol: "https",
        endpoint: "https://example.com/hook",
        rawMessageDelivery: true,
        endpointAutoConfirms: false,
        deliveryPolicy: JSON.stringify({
          healthyRetryPolicy: {
            numRetries: 5,
            minDelayTarget: 20,
            maxDelayTarget: 60,
            backoffFunction: "exponential",
          },
        }),
      },
    ],
    [
      "a web server of this machine, by the protocol that SNS wants",
      { name: "out", kind: "https", endpoint: "http://127.0.0.1:8080/hook" },
      {
        protocol: "http",
        endpoint: "http://127.0.0.1:8080/hook",
        rawMessageDelivery: false,
        endpointAutoConfirms: false,
      },
    ],
  ];
  for (const [what, spec, inputs] of cases) {
    it(`is subscribed: ${what}`, async () => {
      const run = await alerts(spec);
      expect(subscriptionTo(run, inputs.endpoint).inputs).to.deep.equal({
        topic: topicArn,
        ...inputs,
        redrivePolicy,
      });
      expect(namesOf(run, "aws:sqs/queue:Queue")).to.deep.equal(["alerts-out-undelivered"]);
    });
  }

  it("has no dead-letter queue with subscriptionDeadLetter: false", async () => {
    const run = await alerts({
      name: "out",
      kind: "sms",
      endpoint: "+4915112345678",
      subscriptionDeadLetter: false,
    });
    expect(namesOf(run, "aws:sqs/queue:Queue")).to.deep.equal([]);
    expect(subscriptionTo(run, "+4915112345678").inputs).not.to.have.property("redrivePolicy");
  });
});

describe("a consumer that is a delivery stream", () => {
  const endpoint = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/archive";

  it("has a role that only SNS assumes, and that writes to this stream only", async () => {
    const run = await alerts({ name: "out", kind: "firehose", endpoint, rawDelivery: true });
    expect(counts(run)).to.include({
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:sqs/queue:Queue": 1,
    });
    const role = resource(run, "aws:iam/role:Role", "alerts-out");
    expect(json(role, "assumeRolePolicy"))
      .to.have.nested.property("Statement[0].Principal")
      .that.deep.equals({ Service: "sns.amazonaws.com" });
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", "alerts-out");
    expect(json(policy, "policy")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteToDeliveryStream",
          Effect: "Allow",
          Action: [
            "firehose:DescribeDeliveryStream",
            "firehose:ListDeliveryStreams",
            "firehose:ListTagsForDeliveryStream",
            "firehose:PutRecord",
            "firehose:PutRecordBatch",
          ],
          Resource: endpoint,
        },
      ],
    });
    const subscription = subscriptionTo(run, endpoint);
    expect(subscription.inputs).to.deep.equal({
      topic: topicArn,
      protocol: "firehose",
      endpoint,
      rawMessageDelivery: true,
      subscriptionRoleArn: "arn:aws:iam::123456789012:role/alerts-out-1a2b3c4",
      redrivePolicy,
    });
    expect(waitsFor(run, subscription, policy)).to.equal(true);
  });
});
