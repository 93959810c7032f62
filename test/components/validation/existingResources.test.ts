import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems, problemsOf } from "../../harness/programs/problems.ts";

const existingTopicArn = "arn:aws:sns:eu-west-1:123456789012:news";

describe("a topic that exists already", () => {
  it("keeps all of its settings", () => {
    const transform = { topic: () => {}, topicPolicy: () => {} };
    const settings = { encryption: "kms", deliveryLogging: true, transform };
    const fifo = { archiveDays: 1 };
    const problems = consumerProblems(
      {},
      { existingTopicArn: `${existingTopicArn}.fifo`, fifo, ...settings },
    );
    expect(problems.filter((line) => line.startsWith("error"))).to.deep.equal(
      [
        "set encryption to the topic's key, as { key }",
        "remove fifo.archiveDays",
        "remove deliveryLogging",
        "remove transform.topic",
        "remove transform.topicPolicy",
      ].map((remedy) => `error: the settings of an existing topic are not changed; ${remedy}`),
    );
  });

  it("may have what belongs to the consumers", () => {
    const topic = { existingTopicArn, alarms: true, transform: { queue: () => {} } };
    expect(consumerProblems({}, topic)).to.deep.equal([]);
  });
});

describe("two consumers with one endpoint", () => {
  const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:mail";
  const existingQueueArn = "arn:aws:sqs:eu-west-1:123456789012:mail";
  for (const [what, consumer] of Object.entries({
    "a queue, of a kind that is named": { kind: "queue", existingQueueArn },
    "a function by its ARN": { kind: "function", handler: { functionArn } },
    "a URL": { kind: "https", endpoint: "https://example.com" },
  })) {
    it(`are refused: ${what}`, () => {
      const consumers = ["a", "b", "c"].map((name) => ({ name, ...consumer }));
      expect(problemsOf({ consumers })).to.deep.equal(
        ["b", "c"].map(
          (name) =>
            `error: consumers "a" and "${name}" have the same endpoint, for which SNS has one subscription; merge them into one consumer with both filters`,
        ),
      );
    });
  }

  it("are not refused where the endpoint is not known", () => {
    const consumers = ["a", "b"].map((name) => ({
      name,
      existingQueueArn: pulumi.output(existingQueueArn),
    }));
    expect(problemsOf({ consumers })).to.deep.equal([]);
  });
});

describe("an existing queue that is FIFO by its name", () => {
  const existingQueueArn = "arn:aws:sqs:eu-west-1:123456789012:mail.fifo";

  it("is FIFO without or with its being said", () => {
    expect(consumerProblems({ existingQueueArn }, { fifo: true })).to.deep.equal([]);
    expect(consumerProblems({ existingQueueArn, fifo: true }, { fifo: true })).to.deep.equal([]);
  });

  it("cannot be standard", () => {
    expect(consumerProblems({ existingQueueArn, fifo: false }, { fifo: true })).to.include(
      `error: consumer "a": fifo is false, but the queue is FIFO by its name (given "${existingQueueArn}")`,
    );
  });

  it("may be named with its account, which requires a provider", () => {
    expect(
      consumerProblems({ existingQueueArn, account: "123456789012" }, { fifo: true }),
    ).to.deep.equal([
      'error: consumer "a": account requires a provider for it: new aws.Provider("a", { assumeRoles: [...] })',
    ]);
  });
});
