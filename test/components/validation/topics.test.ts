import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems, problemsOf } from "../../harness/programs/problems.ts";

const partner = "210987654321";
const existingTopicArn = "arn:aws:sns:eu-west-1:123456789012:news";
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

describe("a subscriber of another account", () => {
  const of = (subscriber: object, topic: object = {}) =>
    consumerProblems({}, { subscribers: [{ account: partner, ...subscriber }], ...topic }).map(
      (line) => line.replace("subscriber 1: ", ""),
    );
  const lambda = (account: string) => `arn:aws:lambda:eu-west-1:${account}:function:f`;
  const firehose = (account: string) => `arn:aws:firehose:eu-west-1:${account}:deliverystream/s`;
  const sqs = (account: string) => `arn:aws:sqs:eu-west-1:${account}:q`;

  for (const [protocol, endpoint] of Object.entries({ lambda, firehose, sqs })) {
    it(`owns its endpoint: ${protocol}`, () => {
      expect(of({ protocol, endpoint: endpoint(partner) })).to.deep.equal([]);
      expect(of({ protocol, endpoint: pulumi.output(endpoint("333333333333")) })).to.deep.equal([]);
      expect(of({ protocol, endpoint: endpoint("333333333333") })).to.deep.equal([
        `error: account is ${partner}, but the endpoint is in 333333333333; only the endpoint's owner can subscribe it without confirmation`,
      ]);
    });
  }

  it("may have an endpoint of no account", () => {
    expect(of({ protocol: "email", endpoint: "a@example.com" })).to.deep.equal([]);
    expect(
      of({ protocol: "https", endpoint: `https://a:b:c:d:333333333333:e@x.org` }),
    ).to.deep.equal([]);
  });

  it("is an account of 12 digits", () => {
    expect(of({ account: "12345", protocol: "email", endpoint: "a@example.com" })).to.deep.equal([
      'error: account must be 12 digits (given "12345")',
    ]);
  });

  it("has a queue on a FIFO topic", () => {
    expect(of({ protocol: "sqs", endpoint: `${sqs(partner)}.fifo` }, { fifo: true })).to.deep.equal(
      [],
    );
  });
});

describe("a publisher", () => {
  const of = (publisher: object) => consumerProblems({}, { publishers: [publisher] });
  const rule = (account: string) => `arn:aws:events:eu-west-1:${account}:rule/a`;
  const service = "events.amazonaws.com";

  for (const publisher of [
    { service: "delivery.logs.amazonaws.com" },
    { service: "lambda.amazonaws.com.cn" },
    { service, account: partner, sourceArn: rule(partner) },
    { service, account: partner, sourceArn: pulumi.output(rule("333333333333")) },
    { service, account: partner, sourceArn: "arn:aws:s3:::uploads" },
    { service, account: partner, sourceArn: rule("*") },
    { service, sourceArn: pulumi.output("x") },
    { principalArn: pulumi.output("x") },
    ...["role/a", "user/team/a+b=c,d.e@f-g", "root"].map((name) => ({
      principalArn: `arn:aws:iam::${partner}:${name}`,
    })),
    { principalArn: `arn:aws:sts::${partner}:assumed-role/a/session` },
  ]) {
    it(`may be ${JSON.stringify(publisher).slice(0, 100)}`, () => {
      expect(of(publisher)).to.deep.equal([]);
    });
  }

  for (const name of ["x y.amazonaws.com", "events..amazonaws.com", "events.amazonaws.com.de"]) {
    it(`may not be the service ${name}`, () => {
      expect(of({ service: name })).to.deep.equal([
        `error: publisher 1: service must be a service's principal such as "events.amazonaws.com" (given "${name}")`,
      ]);
    });
  }

  it("may not be on behalf of what only contains an ARN", () => {
    expect(of({ service, sourceArn: "x arn:aws:s3:::uploads" })).to.deep.equal([
      'error: publisher 1: sourceArn must be an ARN (given "x arn:aws:s3:::uploads")',
    ]);
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

describe("a value of a wrong type", () => {
  const cases: [string, object, object, string][] = [
    ["a number for a name", { region: 5 }, {}, 'consumer "a": region must be a string (given 5)'],
    ["an object for a list", {}, { sources: {} }, "sources must be a list (given {})"],
    ["a list for an object", {}, { tags: [] }, "tags must be an object (given [])"],
    ["nothing for an object", {}, { tags: null }, "tags must be an object (given null)"],
    [
      "nothing for a list",
      {},
      { publishers: [null] },
      "publisher 1: must be an object (given null)",
    ],
    [
      "a number for a function",
      {},
      { transform: { topic: 5 } },
      "transform.topic must be a function (given 5)",
    ],
    [
      "a number for one of some words",
      { filter: { a: ["b"] }, filterScope: 5 },
      {},
      'consumer "a": filterScope must be "MessageAttributes" or "MessageBody" (given 5)',
    ],
    [
      "a function for a number",
      { delaySeconds: () => 5 },
      {},
      'consumer "a": delaySeconds must be a number (given a function)',
    ],
    [
      "an Output for a plain flag",
      { fifo: pulumi.output(true) },
      {},
      'consumer "a": fifo must be true or false (given an Output)',
    ],
    [
      "a key of SQS that AWS manages",
      {},
      { encryption: "alias/aws/sqs" },
      'encryption is a key managed by AWS, whose policy cannot let SNS deliver; use "kms" (given "alias/aws/sqs")',
    ],
    [
      "true for a number of an alarm",
      {},
      { alarms: { throttles: true } },
      "alarms.throttles must be a number (given true)",
    ],
    [
      "a number for a kind",
      { kind: 5 },
      {},
      'consumer "a": kind must be "queue", "function", "email", "sms", "https" or "firehose" (given 5)',
    ],
  ];
  for (const [what, consumer, topic, problem] of cases) {
    it(`is refused: ${what}`, () => {
      expect(consumerProblems(consumer, topic)).to.deep.equal([`error: ${problem}`]);
    });
  }

  it("in who publishes does not keep consumers from being checked, without that", () => {
    const filtered = { filter: { kind: ["a"] }, delaySeconds: -1 };
    const delay = 'error: consumer "a": delaySeconds must be 0 to 900 seconds (given -1)';
    for (const [topic, problem] of [
      [{ publishers: [null] }, "publisher 1: must be an object (given null)"],
      [{ sources: [null] }, "source 1: must be an object (given null)"],
      [
        { sources: [{ bucket: "uploads", events: 5 }] },
        "source 1: events must be a list (given 5)",
      ],
      [
        { sources: [{ bucket: "uploads" }, { schedule: 5, payload: "x" }] },
        "source 2: schedule must be a string (given 5)",
      ],
    ] as const) {
      expect(consumerProblems(filtered, topic)).to.deep.equal([`error: ${problem}`, delay]);
      const body = {
        ...filtered,
        filter: { Records: { eventName: ["x"] } },
        filterScope: "MessageBody",
      };
      expect(consumerProblems(body, topic)).to.deep.equal([`error: ${problem}`, delay]);
    }
  });

  it("in a source does not keep the sources behind it from being checked", () => {
    for (const [wrong, problem] of [
      [{ events: 5 }, "events must be a list (given 5)"],
      [{ events: [5] }, "events.0 must be a string (given 5)"],
      [{ prefix: 5 }, "prefix must be a string (given 5)"],
    ] as const) {
      const uploads = { bucket: "uploads", prefix: "*" };
      const sources = [{ ...uploads, ...wrong }, { bucket: "uploads" }, uploads];
      expect(consumerProblems({}, { sources })).to.deep.equal([
        `error: source 1: ${problem}`,
        'error: source 3: prefix may not have a *: S3 matches the character itself (given "*")',
        'error: source 3: matches some of the same events as another rule of the bucket (prefix "", suffix ""); S3 rejects overlapping rules: use prefixes or suffixes that exclude each other, or via: "eventBridge"',
      ]);
    }
  });

  it("is shown in 80 characters", () => {
    const of = (length: number) => consumerProblems({ delaySeconds: "x".repeat(length) });
    const problem = (shown: string) => [
      `error: consumer "a": delaySeconds must be a number (given ${shown})`,
    ];
    expect(of(78)).to.deep.equal(problem(`"${"x".repeat(78)}"`));
    expect(of(79)).to.deep.equal(problem(`"${"x".repeat(76)}...`));
  });
});
