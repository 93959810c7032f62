import { expect } from "chai";
import { problemsOf } from "../../harness/programs/problems.ts";

const handler = "handlers/a.ts";

describe("the names of a topic and its consumers", () => {
  it("for its letters", () => {
    expect(problemsOf({ consumers: [{ name: "a.b" }] })).to.deep.equal([
      'error: consumer "a.b": name may have only letters, digits, - and _ (given "a.b")',
    ]);
  });

  it("for the length of the names that AWS would get", () => {
    const name = "x".repeat(58);
    expect(problemsOf({ consumers: [{ name, handler }] })).to.deep.equal([
      `error: consumer "${name}": the name of the function "orders-${name}" would have 73 characters; AWS allows 64: shorten the topic's or the consumer's name`,
    ]);
    const firehose = {
      kind: "firehose",
      endpoint: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a",
    };
    const role = (length: number) => ({ ...firehose, name: "x".repeat(length) });
    expect(problemsOf({ consumers: [role(64 - 8 - "orders-".length)] })).to.deep.equal([]);
    const roleName = "x".repeat(50);
    expect(problemsOf({ consumers: [role(50)] })).to.deep.equal([
      `error: consumer "${roleName}": the name of the role "orders-${roleName}" would have 65 characters; AWS allows 64: shorten the topic's or the consumer's name`,
    ]);
    const logged = { consumers: [{ name: "a" }], deliveryLogging: true };
    const topicName = "t".repeat(40);
    expect(problemsOf(logged, topicName.slice(1))).to.deep.equal([]);
    expect(problemsOf(logged, topicName)).to.deep.equal([
      `error: the name of the role "${topicName}-delivery-logging" would have 65 characters; AWS allows 64: shorten the topic's or the consumer's name`,
    ]);
    const longer = "x".repeat(62);
    expect(problemsOf({ consumers: [{ name: longer }] })).to.deep.equal([
      `error: consumer "${longer}": the name of the queue "orders-${longer}-dlq" would have 81 characters; AWS allows 80: shorten the topic's or the consumer's name`,
    ]);
    const long = "x".repeat(54);
    const undelivered = { name: long, subscriptionDeadLetter: true };
    expect(problemsOf({ consumers: [{ name: long }] })).to.deep.equal([]);
    expect(problemsOf({ consumers: [undelivered] })).to.deep.equal([
      `error: consumer "${long}": the name of the queue "orders-${long}-undelivered" would have 81 characters; AWS allows 80: shorten the topic's or the consumer's name`,
    ]);
  });

  it("for the length of names after a topic that exists already", () => {
    const existingTopicArn = `arn:aws:sns:eu-west-1:123456789012:${"t".repeat(40)}`;
    const name = "x".repeat(28);
    expect(problemsOf({ existingTopicArn, consumers: [{ name }] })).to.deep.equal([
      `error: consumer "${name}": the name of the queue "orders-${name}-dlq" would have 81 characters; AWS allows 80: shorten the topic's or the consumer's name`,
    ]);
    expect(problemsOf({ existingTopicArn, consumers: [{ name: name.slice(1) }] })).to.deep.equal(
      [],
    );
  });
});
