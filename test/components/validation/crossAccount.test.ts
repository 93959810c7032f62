import * as aws from "@pulumi/aws";
import { expect } from "chai";
import type { ConsumerSpec, FanoutTopicArgs } from "../../../components/index.ts";
import { fanoutTopicProblems } from "../../../components/validation/checkFanoutTopic.ts";
import { formatProblem } from "../../../components/validation/problem.ts";
import { runProgram } from "../../harness/programs/program.ts";

const queue = "arn:aws:sqs:eu-west-1:210987654321:mail";
const handler = "test/fixtures/handlers/echo.ts";

/** What is refused; `args` is not typed, as JSON and JavaScript are not. */
function refused(args: object): string[] {
  return fanoutTopicProblems("orders", args as FanoutTopicArgs, () => true)
    .filter(({ severity }) => severity === "error")
    .map(formatProblem);
}

function ofConsumer(consumer: object, topic: object = {}): string[] {
  return refused({ consumers: [{ name: "a", ...consumer }], ...topic });
}

describe("a consumer with an existing queue or in another account", () => {
  it("may have an existing queue and a new function", () => {
    expect(ofConsumer({ existingQueueArn: queue, handler })).to.deep.equal([]);
  });

  it("needs a provider for another account, which has 12 digits", () => {
    expect(ofConsumer({ account: "2109" })).to.deep.equal([
      'consumer "a": account must be 12 digits (given "2109")',
      'consumer "a": account requires a provider for it: new aws.Provider("a", { assumeRoles: [...] })',
    ]);
  });

  it("has no settings for a queue that is not made here", () => {
    const settings = {
      delaySeconds: 1,
      visibilityTimeoutSeconds: 1,
      retentionSeconds: 60,
      maxReceiveCount: 5,
      deadLetter: {},
    };
    expect(ofConsumer({ existingQueueArn: queue, ...settings })).to.deep.equal(
      Object.keys(settings).map(
        (field) => `consumer "a": ${field} belongs to the queue's owner; remove it`,
      ),
    );
  });

  it("has a queue by its ARN, not by its URL", () => {
    const url = "https://sqs.eu-west-1.amazonaws.com/210987654321/mail";
    expect(ofConsumer({ existingQueueArn: url })).to.deep.equal([
      `consumer "a": existingQueueArn must be the ARN of a queue (given "${url}")`,
    ]);
  });

  it("is FIFO by the name of its queue", () => {
    expect(ofConsumer({ existingQueueArn: `${queue}.fifo` })).to.deep.equal([
      'consumer "a": a FIFO queue requires a FIFO topic; set `fifo: true` on the topic, or remove it here',
    ]);
    expect(ofConsumer({ existingQueueArn: queue, fifo: true }, { fifo: true })).to.deep.equal([
      `consumer "a": fifo is true, but the queue is not FIFO by its name (given "${queue}")`,
    ]);
  });

  it("is in the account of its queue", async () => {
    const provider = await aProvider();
    expect(
      ofConsumer({ existingQueueArn: queue, account: "333333333333", provider }),
    ).to.deep.equal(['consumer "a": account is 333333333333, but the queue is in 210987654321']);
  });
});

describe("a topic that exists already", () => {
  const existingTopicArn = "arn:aws:sns:eu-west-1:123456789012:news";

  it("is known by its ARN", () => {
    expect(ofConsumer({}, { existingTopicArn: "news" })).to.deep.equal([
      'existingTopicArn must be the ARN of a topic (given "news")',
    ]);
  });

  it("is FIFO by its name, and by the spec as well", () => {
    expect(ofConsumer({}, { existingTopicArn, fifo: true })).to.deep.equal([
      `fifo is set, but the topic is not FIFO by its name (given "${existingTopicArn}")`,
    ]);
    expect(ofConsumer({}, { existingTopicArn: `${existingTopicArn}.fifo` })).to.deep.equal([
      `the topic is FIFO by its name; set fifo (given "${existingTopicArn}.fifo")`,
    ]);
  });

  it("keeps its owner's settings", () => {
    const settings = { encryption: "kms", transform: { topic: (args: object) => args } };
    const theirs = "the settings of an existing topic are not changed; ";
    expect(ofConsumer({}, { existingTopicArn, ...settings })).to.deep.equal([
      `${theirs}set encryption to the topic's key, as { key }`,
      `${theirs}remove transform.topic`,
    ]);
  });
});

describe("an endpoint", () => {
  const same = (endpoint: ConsumerSpec[]) => refused({ consumers: endpoint });
  const problem =
    'consumers "a" and "b" have the same endpoint, for which SNS has one subscription; merge them into one consumer with both filters';

  it("is subscribed once: an address", () => {
    expect(
      same([
        { name: "a", kind: "sms", endpoint: "+4915112345678" },
        { name: "b", kind: "sms", endpoint: "+4915112345678" },
      ]),
    ).to.deep.equal([problem]);
  });

  it("is subscribed once: a queue that exists", () => {
    expect(
      same([
        { name: "a", existingQueueArn: queue },
        { name: "b", existingQueueArn: queue },
      ]),
    ).to.deep.equal([problem]);
  });

  it("is subscribed once: a function that exists", async () => {
    const { outputs } = await runProgram(() => ({ one: aFunction("one"), other: aFunction("o") }));
    const { one, other } = outputs;
    expect(
      same([
        { name: "a", kind: "function", handler: one },
        { name: "b", kind: "function", handler: one },
        { name: "c", kind: "function", handler: other },
      ]),
    ).to.deep.equal([problem]);
  });
});

describe("an address of another account", () => {
  const subscribers = (subscriber: object, topic: object = {}) =>
    ofConsumer({}, { subscribers: [{ account: "210987654321", ...subscriber }], ...topic });

  it("is one that the protocol has", () => {
    expect(subscribers({ protocol: "lambda", endpoint: queue })).to.deep.equal([
      `subscriber 1: endpoint must be the ARN of a function (given "${queue}")`,
    ]);
    expect(subscribers({ protocol: "sqs", endpoint: queue })).to.deep.equal([]);
  });

  it("is the account's own, which alone can subscribe it", () => {
    expect(
      subscribers({ account: "333333333333", protocol: "sqs", endpoint: queue }),
    ).to.deep.equal([
      "subscriber 1: account is 333333333333, but the endpoint is in 210987654321; only the endpoint's owner can subscribe it without confirmation",
    ]);
  });

  it("is a queue on a FIFO topic", () => {
    expect(
      subscribers({ protocol: "email", endpoint: "a@example.com" }, { fifo: true }),
    ).to.deep.equal(['subscriber 1: a FIFO topic delivers only to SQS (given protocol "email")']);
  });

  it("is named in full", () => {
    expect(subscribers({ protocol: "sqs", endpont: queue })).to.deep.equal([
      "subscriber 1: endpoint is missing",
      'subscriber 1: unknown field "endpont"; did you mean "endpoint"?',
    ]);
  });
});

describe("encryption", () => {
  it("is not by AWS's own key", () => {
    expect(ofConsumer({}, { encryption: "alias/aws/sns" })).to.deep.equal([
      'encryption is a key managed by AWS, whose policy cannot let SNS deliver; use "kms" (given "alias/aws/sns")',
    ]);
  });

  it("is by a key that is a resource", () => {
    expect(ofConsumer({}, { encryption: { key: "alias/mine" } })).to.deep.equal([
      'encryption.key must be an aws.kms.Key (given "alias/mine")',
    ]);
  });
});

async function aProvider(): Promise<aws.Provider> {
  const { outputs } = await runProgram(() => ({ provider: new aws.Provider("other") }));
  return outputs.provider;
}

function aFunction(name: string): aws.lambda.Function {
  return new aws.lambda.Function(name, { role: "arn:aws:iam::123456789012:role/r" });
}
