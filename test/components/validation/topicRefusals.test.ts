import { expect } from "chai";
import { consumerProblems, problemsOf } from "../../harness/programs/problems.ts";

describe("a topic that is refused", () => {
  const refused: [string, object, string][] = [
    ["no consumer", { consumers: [] }, "consumers is empty; add at least one"],
    [
      "a name twice",
      { consumers: [{ name: "a" }, { name: "a" }] },
      'consumer "a" is declared more than once; use unique names',
    ],
    [
      "a queue's name twice",
      { consumers: [{ name: "a" }, { name: "a-dlq" }] },
      'two of the queues would be named "orders-a-dlq"; rename a consumer or a source',
    ],
    [
      "small messages",
      { maxMessageSize: 1023 },
      "maxMessageSize must be 1,024 to 1,048,576 bytes (given 1023)",
    ],
    [
      "an archive of a year and a day",
      { fifo: { archiveDays: 366, highThroughput: false } },
      "fifo.archiveDays must be 0 to 365 days (given 366)",
    ],
    ["a tag of AWS's", { tags: { "aws:x": "y" } }, 'tag "aws:x": aws: is reserved for AWS'],
    [
      "two kinds of publisher",
      { publishers: [{ organization: "o-a1b2c3d4e5", account: "123456789012" }] },
      "publisher 1: account and organization exclude each other; use a publisher for each",
    ],
    [
      "a publisher that is anyone",
      { publishers: [{ principalArn: "*" }] },
      'publisher 1: principalArn must be the ARN of a role or user, without * (given "*")',
    ],
    [
      "an account that is none",
      { publishers: [{ account: "12345" }] },
      'publisher 1: account must be 12 digits (given "12345")',
    ],
    [
      "a service that is none",
      { publishers: [{ service: "events" }] },
      'publisher 1: service must be a service\'s principal such as "events.amazonaws.com" (given "events")',
    ],
  ];
  for (const [what, topic, text] of refused) {
    it(`${what}: ${text}`, () => {
      const errors = consumerProblems({}, topic).filter((line) => line.startsWith("error"));
      expect(errors).to.deep.equal([`error: ${text}`]);
    });
  }

  it("only with a warning for messages that the topic accepts and the queues reject", () => {
    expect(problemsOf({ consumers: [{ name: "a" }], maxMessageSize: 262_144 })).to.deep.equal([]);
    expect(problemsOf({ consumers: [{ name: "a" }], maxMessageSize: 262_143 })).to.deep.equal([
      "warning: maxMessageSize (262,143) is below the 262,144 bytes that the topic accepts: larger messages are published and reach no queue",
    ]);
  });

  it("for more delivery streams than SNS takes", () => {
    const consumers = Array.from({ length: 6 }, (_, index) => ({
      name: `s${index}`,
      kind: "firehose",
      endpoint: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/s${index}`,
    }));
    expect(problemsOf({ consumers })).to.deep.equal([
      "error: a topic allows 5 Firehose subscriptions (given 6 consumers of kind firehose)",
    ]);
  });

  it("for a FIFO topic with too many consumers", () => {
    const consumers = Array.from({ length: 101 }, (_, index) => ({ name: `c${index}` }));
    expect(problemsOf({ fifo: true, consumers })).to.deep.equal([
      "error: a FIFO topic allows 100 subscriptions (given 101 consumers)",
    ]);
  });
});
