import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems, problemsOf } from "../../harness/programs/problems.ts";

const partner = "210987654321";
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("the number of a topic's parts", () => {
  it("is 100 consumers on a FIFO topic", () => {
    const of = (count: number) =>
      problemsOf({ fifo: true, consumers: many(count, (index) => ({ name: `c${index}` })) });
    expect(of(100)).to.deep.equal([]);
    expect(of(101)).to.deep.equal([
      "error: a FIFO topic allows 100 subscriptions (given 101 consumers)",
    ]);
  });

  it("is not limited so on a standard topic", () => {
    const consumers = many(101, (index) => ({ name: `c${index}` }));
    expect(problemsOf({ consumers })).to.deep.equal([]);
  });

  it("is five delivery streams, besides other consumers", () => {
    const stream = (index: number) => ({
      name: `s${index}`,
      kind: "firehose",
      endpoint: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/s${index}`,
    });
    expect(problemsOf({ consumers: [...many(5, stream), { name: "a" }] })).to.deep.equal([]);
    expect(problemsOf({ consumers: many(6, stream) })).to.have.lengthOf(1);
  });

  it("is 200 filters by default, besides consumers without one", () => {
    const filtered = (index: number) => ({ name: `c${index}`, filter: { kind: [`${index}`] } });
    const consumers = [...many(200, filtered), { name: "all" }];
    expect(problemsOf({ consumers })).to.deep.equal([]);
    expect(problemsOf({ consumers: many(201, filtered) })).to.deep.equal([
      "warning: 201 consumers have a filter; AWS's default quota is 200 for a topic",
    ]);
  });

  it("is 98 statements in its policy besides its own two, one for each bucket", () => {
    const topic = (publishers: number) => ({
      sources: [
        { bucket: "uploads", prefix: "a/" },
        { bucket: "uploads", prefix: "b/" },
        { eventPattern: { source: ["shop"] } },
        { bucket: "uploads", via: "eventBridge" },
        { schedule: "rate(1 day)", payload: "x" },
      ],
      publishers: many(publishers, (index) => ({
        account: String(index).padStart(12, "1"),
      })),
      subscribers: [{ account: partner, protocol: "email", endpoint: "a@example.com" }],
    });
    const consumer = { account: partner, existingQueueArn: `arn:aws:sqs:eu-west-1:${partner}:q` };
    const of = (publishers: number) =>
      consumerProblems(consumer, topic(publishers)).filter((line) => line.includes("statements"));
    expect(of(93)).to.deep.equal([]);
    expect(of(94)).to.deep.equal([
      "error: the topic's policy would have 101 statements; SNS allows 100: remove sources, publishers or subscribers",
    ]);
  });
});

describe("a topic that is warned of", () => {
  it("accepts messages that its queues reject", () => {
    const of = (maxMessageSize: unknown) => consumerProblems({}, { maxMessageSize });
    expect(of(1024)).to.deep.equal([
      "warning: maxMessageSize (1,024) is below the 262,144 bytes that the topic accepts: larger messages are published and reach no queue",
    ]);
    expect(of(1023)).to.deep.equal([
      "error: maxMessageSize must be 1,024 to 1,048,576 bytes (given 1023)",
    ]);
    expect(of(pulumi.output(1024))).to.deep.equal([]);
  });

  it("has an archive", () => {
    expect(consumerProblems({}, { fifo: { archiveDays: 1 } })).to.deep.equal([
      "warning: fifo.archiveDays: AWS does not delete a topic with an archive; before `pulumi destroy`, set archiveDays to 0 and run `pulumi up`, which deletes the archive. Do the same before you remove archiveDays or fifo: SNS rejects an update without the field",
    ]);
    expect(consumerProblems({}, { fifo: { archiveDays: 0 } })).to.deep.equal([]);
  });

  it("deduplicates by group, from which there is no way back", () => {
    expect(consumerProblems({}, { fifo: { highThroughput: true } })).to.deep.equal([
      "warning: fifo.highThroughput: AWS does not let a topic return to deduplication for the whole topic",
    ]);
    expect(consumerProblems({}, { fifo: { highThroughput: false } })).to.deep.equal([]);
  });

  it("is FIFO, and is not traced", () => {
    expect(consumerProblems({}, { fifo: true, tracing: true })).to.deep.equal([
      "warning: tracing: SNS traces standard topics only; the functions are traced, the topic is not",
    ]);
    expect(consumerProblems({}, { tracing: true })).to.deep.equal([]);
  });
});

describe("the alarms of a topic", () => {
  const pager = (index: number) => `arn:aws:sns:eu-west-1:123456789012:pager${index}`;
  const of = (alarms: object, consumer: object = {}) => consumerProblems(consumer, { alarms });

  it("call five actions at most, which may not be known", () => {
    expect(of({ actions: [...many(4, pager), pulumi.output("x")] })).to.deep.equal([]);
    for (const action of ["x arn:aws:sns:a:b", "arn:aws:sns:a b"]) {
      expect(of({ actions: [action] })).to.deep.equal([
        `error: alarms.actions must be ARNs (given "${action}")`,
      ]);
    }
  });

  for (const [field, consumer] of Object.entries({
    oldestMessageSeconds: {},
    oldestQuietMessageSeconds: { fairness: true },
  })) {
    it(`go off for messages of a second, or are turned off: ${field}`, () => {
      expect(of({ [field]: 1 }, consumer)).to.deep.equal([]);
      expect(of({ [field]: false }, consumer)).to.deep.equal([]);
      expect(of({ [field]: 0 }, consumer)).to.deep.equal([
        `error: alarms.${field} must be 1 or more (given 0)`,
      ]);
      expect(
        of({ [field]: 700 }, { ...consumer, retentionSeconds: pulumi.output(60) }),
      ).to.deep.equal([]);
    });
  }

  it("are turned off one by one", () => {
    for (const field of ["durationPercent", "deadLetters", "functionErrors", "throttles"]) {
      expect(of({ [field]: false })).to.deep.equal([]);
    }
  });

  it("are about the age of messages in a queue of a kind that is named, too", () => {
    const consumer = { kind: "queue", retentionSeconds: 600 };
    expect(of({ oldestMessageSeconds: 600 }, consumer)).to.deep.equal([
      'error: alarms.oldestMessageSeconds (600) must be below the retention of consumer "a" (600)',
    ]);
    expect(of({ oldestMessageSeconds: 599 }, consumer)).to.deep.equal([]);
    expect(
      of({ oldestMessageSeconds: 599, oldestQuietMessageSeconds: 600 }, consumer),
    ).to.deep.equal([]);
  });

  it("are beside a dashboard of 32 consumers at most", () => {
    const consumers = many(32, (index) => ({ name: `c${index}` }));
    expect(problemsOf({ consumers, dashboard: true })).to.deep.equal([]);
    expect(
      problemsOf({ consumers: [...consumers, { name: "a" }], dashboard: false }),
    ).to.deep.equal([]);
  });
});
