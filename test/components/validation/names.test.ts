import { expect } from "chai";
import { consumerProblems, problemsOf } from "../../harness/programs/problems.ts";

const handler = "handlers/a.ts";
const existingTopicArn = "arn:aws:sns:eu-west-1:123456789012:news";

const phone = { kind: "sms", endpoint: "+4915112345678" };

/** Problems of a topic with this name and a consumer without queues, whose names would be longer. */
const ofTopic = (name: string, topic: object = {}) =>
  problemsOf(
    { consumers: [{ name: "a", ...phone, subscriptionDeadLetter: false }], ...topic },
    name,
  );

const tooLong = (what: string, length: number, limit: number) =>
  `error: the name of the ${what} would have ${length} characters; AWS allows ${limit}: shorten the topic's or the consumer's name`;

/** A text of a length at a limit, and one beyond it. */
const atLimit = (length: number) => ["t".repeat(length), "t".repeat(length + 1)] as const;

describe("the name of a topic", () => {
  it("may have 248 characters, because Pulumi adds 8 to SNS's 256", () => {
    const [longest, longer] = atLimit(248);
    expect(ofTopic(longest)).to.deep.equal([]);
    expect(ofTopic(longer)).to.deep.equal([tooLong("topic", 257, 256)]);
  });

  it("may have 243 characters on a FIFO topic, whose names end with .fifo", () => {
    const names = atLimit(243).map((name) =>
      problemsOf(
        {
          fifo: true,
          consumers: [{ name: "a", existingQueueArn: "arn:aws:sqs:eu-west-1:123456789012:q.fifo" }],
        },
        name,
      ),
    );
    expect(names).to.deep.equal([[], [tooLong("topic", 257, 256)]]);
  });

  for (const name of ["a.b", "a b", "", "é"]) {
    it(`has only letters, digits, - and _: not ${JSON.stringify(name)}`, () => {
      expect(ofTopic(name)).to.deep.equal([
        `error: name may have only letters, digits, - and _ (given ${JSON.stringify(name)})`,
      ]);
    });
  }

  it("may have 39 characters with delivery logging, for whose role IAM allows 64", () => {
    const [longest, longer] = atLimit(39);
    const logged = { deliveryLogging: true };
    expect(ofTopic(longest, logged)).to.deep.equal([]);
    expect(ofTopic(longer, logged)).to.deep.equal([
      tooLong(`role "${longer}-delivery-logging"`, 65, 64),
    ]);
    expect(ofTopic(longer, { deliveryLogging: false })).to.deep.equal([]);
  });

  it("may have 227 characters with alarms, for which CloudWatch allows 255", () => {
    const [longest, longer] = atLimit(227);
    expect(ofTopic(longest, { alarms: true })).to.deep.equal([]);
    expect(ofTopic(longer, { alarms: true })).to.deep.equal([
      tooLong(`alarm "${longer}-redriven-deliveries"`, 256, 255),
    ]);
    expect(ofTopic(longer, { alarms: false })).to.deep.equal([]);
  });

  it("may have 112 characters with tracing, for whose policy X-Ray allows 128", () => {
    const [longest, longer] = atLimit(112);
    const traced = { tracing: true };
    const problem = tooLong(`policy "${longer}-tracing"`, 129, 128);
    expect(ofTopic(longest, traced)).to.deep.equal([]);
    expect(ofTopic(longer, traced)).to.deep.equal([problem]);
    expect(ofTopic(longer, { tracing: false })).to.deep.equal([]);
    expect(ofTopic(longer, { ...traced, existingTopicArn })).to.deep.equal([]);
  });
});

describe("the name of a consumer", () => {
  const longestWithout = (added: string) => 80 - "orders-".length - 8 - added.length;
  const existingQueueArn = "arn:aws:sqs:eu-west-1:123456789012:q";
  const queues: [what: string, consumer: object, suffix: string, topic?: object, fifo?: string][] =
    [
      ["a queue's dead-letter queue", {}, "-dlq"],
      ["a queue's dead-letter queue, of a kind that is named", { kind: "queue" }, "-dlq"],
      ["a FIFO queue's dead-letter queue", {}, "-dlq", { fifo: true }, ".fifo"],
      ["the queue of undelivered messages", { subscriptionDeadLetter: true }, "-undelivered"],
      ["the queue of undelivered messages of an endpoint", phone, "-undelivered"],
      [
        "the queue of undelivered messages of an existing queue",
        { existingQueueArn, subscriptionDeadLetter: true },
        "-undelivered",
      ],
      [
        "the queue of failed invocations",
        { kind: "function", handler, subscriptionDeadLetter: false },
        "-failures",
      ],
    ];
  for (const [what, consumer, suffix, topic = {}, fifo = ""] of queues) {
    it(`is limited by ${what}`, () => {
      const [longest, longer] = atLimit(longestWithout(suffix + fifo));
      const of = (name: string) =>
        problemsOf({ consumers: [{ name, ...consumer }], ...topic }).filter((line) =>
          line.includes("name of the queue"),
        );
      expect(of(longest)).to.deep.equal([]);
      expect(of(longer)).to.deep.equal([
        tooLong(`queue "orders-${longer}${suffix}"`, 81, 80).replace(
          "error: ",
          `error: consumer "${longer}": `,
        ),
      ]);
    });
  }

  it("is not limited by queues that are not made", () => {
    const name = "t".repeat(80);
    for (const consumer of [
      { existingQueueArn },
      { ...phone, subscriptionDeadLetter: false },
      {
        kind: "function",
        handler: { functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:f" },
        subscriptionDeadLetter: false,
      },
    ]) {
      expect(problemsOf({ consumers: [{ name, ...consumer }] })).to.deep.equal([]);
    }
  });

  it("may be part of a queue's that is not made", () => {
    const pairs = [
      [{ name: "a", existingQueueArn }, { name: "a-dlq" }],
      [{ name: "a" }, { name: "a-undelivered" }],
      [{ name: "a", kind: "function", handler }, { name: "a-dlq" }],
    ];
    for (const consumers of pairs) expect(problemsOf({ consumers })).to.deep.equal([]);
  });

  for (const [what, consumer, suffix] of queues.filter(([, , , topic]) => topic === undefined)) {
    it(`may not be with another's the name of ${what}`, () => {
      const consumers = [{ name: "a", ...consumer }, { name: `a${suffix}` }];
      expect(problemsOf({ consumers })).to.deep.equal([
        `error: two of the queues would be named "orders-a${suffix}"; rename a consumer or a source`,
      ]);
    });
  }

  for (const name of ["a.b", "a b", "", "é"]) {
    it(`has only letters, digits, - and _: not ${JSON.stringify(name)}`, () => {
      expect(problemsOf({ consumers: [{ name }] })).to.deep.equal([
        `error: consumer "${name}": name may have only letters, digits, - and _ (given ${JSON.stringify(name)})`,
      ]);
    });
  }

  it("may be as long as a function's name with the topic's allows", () => {
    const of = (name: string) => problemsOf({ consumers: [{ name, handler }] });
    const [longest, longer] = atLimit(64 - 8 - "orders-".length);
    expect(of(longest)).to.deep.equal([]);
    expect(of(longer)).to.deep.equal([
      tooLong(`function "orders-${longer}"`, 65, 64).replace(
        "error: ",
        `error: consumer "${longer}": `,
      ),
    ]);
  });
});

describe("tags", () => {
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, "x"]));
  const of = (given: object) => consumerProblems({}, { tags: given });

  it("are 50 at most", () => {
    expect(of(tags(50))).to.deep.equal([]);
    expect(of(tags(51))).to.deep.equal(["error: tags: at most 50 (given 51)"]);
  });

  it("have keys of 128 characters and values of 256 at most, however many bytes these are", () => {
    expect(of({ ["é".repeat(128)]: "é".repeat(256) })).to.deep.equal([]);
    const key = "k".repeat(129);
    expect(of({ [key]: "x" })).to.deep.equal([
      `error: tag "${key.slice(0, 76)}...: a key has 1 to 128 characters`,
    ]);
    expect(of({ a: "v".repeat(257) })).to.deep.equal([
      'error: tag "a": a value has at most 256 characters (given 257)',
    ]);
  });
});
