import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { problemsOf } from "../../harness/programs/problems.ts";

const later = pulumi.output("x");
const events = { eventPattern: { source: ["shop"] } };
const schedule = { schedule: "rate(1 day)", payload: "x" };
const bucket = { bucket: "uploads" };

/** Problems of a topic with these sources. */
function problems(sources: object | object[], topic: object = {}, name = "orders"): string[] {
  return problemsOf({ sources: [sources].flat(), consumers: [{ name: "a" }], ...topic }, name);
}

/** Problems of one source, without its place. */
function ofSource(source: object, topic: object = {}): string[] {
  return problems(source, topic).map((line) => line.replace("source 1: ", ""));
}

describe("a source with nothing wrong", () => {
  const right: [string, object, object?][] = [
    ["a bus by its name", { ...events, bus: "shop/orders.v1-a_b" }],
    [
      "a bus by its ARN",
      { ...events, bus: "arn:aws:events:eu-west-1:123456789012:event-bus/shop" },
    ],
    ["a bus with the longest name", { ...events, bus: "b".repeat(256) }],
    ["a bus that is not known", { ...events, bus: later }],
    ["the whole event", { ...events, inputPath: "$" }],
    ["a field of the event", { ...events, inputPath: "$.detail" }],
    ["an item of the event", { ...events, inputPath: "$['detail']" }],
    ["the longest path", { ...events, inputPath: `$.${"a".repeat(254)}` }],
    ["a template without variables", { ...events, inputTransformer: { template: "an order" } }],
    ["the longest pattern", { eventPattern: { source: ["x".repeat(4096 - 15)] } }],
    ["a time zone", { schedule: "cron(0 3 * * ? *)", timezone: "Europe/Berlin", payload: "x" }],
    [
      "a time zone of a schedule that is not known",
      { schedule: later, timezone: "Europe/Berlin", payload: "x" },
    ],
    [
      "a time zone that is not known",
      { schedule: "cron(0 3 * * ? *)", timezone: later, payload: "x" },
    ],
    ["a payload of one byte", schedule],
    ["the longest payload", { ...schedule, payload: "é".repeat(131_072) }],
    ["an object for a payload", { ...schedule, payload: { report: "daily" } }],
    ["a payload that is not known", { ...schedule, payload: later }],
    ["ten attributes", { ...schedule, attributes: attributes(10) }],
    ["an attribute that is not known", { ...schedule, attributes: { kind: later } }],
    ["the shortest message group", { ...schedule, messageGroupId: "g" }, { fifo: true }],
    ["the longest message group", { ...schedule, messageGroupId: "~!".repeat(64) }, { fifo: true }],
    ["a bucket by its name", bucket],
    ["a bucket by its ARN", { bucket: "arn:aws:s3:::team.uploads-1" }],
    ["a bucket that is not known, with a name", { bucket: later, name: "uploads_1.A-b" }],
    [
      "the longest prefix and suffix",
      { ...bucket, prefix: "p".repeat(1024), suffix: "é".repeat(170) },
    ],
    ["events on annotations", { ...bucket, events: ["s3:ObjectAnnotation:*"] }],
    [
      "deletions by EventBridge",
      { ...bucket, via: "eventBridge", events: ["s3:ObjectRemoved:Delete"] },
    ],
    ["a bucket by EventBridge, with retries", { ...bucket, via: "eventBridge", retries: {} }],
  ];
  for (const [what, source, topic] of right) {
    it(`passes: ${what}`, () => {
      expect(ofSource(source, topic)).to.deep.equal([]);
    });
  }

  it("passes: a notification and a rule of one bucket, and of a name like another source's", () => {
    expect(problems([bucket, { ...bucket, via: "eventBridge" }])).to.deep.equal([]);
    expect(
      problems([
        { ...bucket, name: "a" },
        { ...events, name: "a" },
      ]),
    ).to.deep.equal([]);
    expect(
      problems([
        { ...events, name: "one" },
        { ...events, name: "two" },
      ]),
    ).to.deep.equal([]);
  });
});

describe("a source that is refused", () => {
  const refused: [what: string, source: object, problem: string, topic?: object][] = [
    [
      "a pattern that is too long",
      { eventPattern: { source: ["x".repeat(4096 - 14)] } },
      "eventPattern has 4097 characters as JSON; EventBridge allows 4,096",
    ],
    ...["", "a b", "b".repeat(257), "arn:aws:events:eu-west-1:1:event-bus/shop"].map(
      (bus): [string, object, string] => [
        `a bus "${bus.slice(0, 20)}"`,
        { ...events, bus },
        `bus must be the name or ARN of an event bus (given ${shown(bus)})`,
      ],
    ),
    ...["detail", "x$.detail", "$detail", "$ ", `$.${"a".repeat(255)}`].map(
      (inputPath): [string, object, string] => [
        `a path "${inputPath.slice(0, 20)}"`,
        { ...events, inputPath },
        `inputPath must be a path in the event, such as $.detail, of up to 256 characters (given ${shown(inputPath)})`,
      ],
    ),
    [
      "a path and a transformer",
      { ...events, inputPath: "$.detail", inputTransformer: { template: "x" } },
      "inputPath and inputTransformer exclude each other; remove one",
    ],
    [
      "a time zone of a rate",
      { ...schedule, timezone: "Europe/Berlin" },
      "timezone has no effect on a rate; remove it",
    ],
    [
      "a payload that is too long",
      { ...schedule, payload: `${"é".repeat(131_072)}x` },
      "payload has 262,145 bytes; the topic accepts 1 to 262,144",
    ],
    [
      "an object that is too long",
      { ...schedule, payload: { text: "x".repeat(262_144) } },
      "payload has 262,155 bytes; the topic accepts 1 to 262,144",
    ],
    [
      "no attributes",
      { ...schedule, attributes: {} },
      "attributes: 1 to 10 (given 0); remove it for none",
    ],
    [
      "eleven attributes",
      { ...schedule, attributes: attributes(11) },
      "attributes: 1 to 10 (given 11); remove it for none",
    ],
    [
      "an attribute of a wrong name",
      { ...schedule, attributes: { "a b": "x" } },
      'attributes: "a b" is not a name that SNS accepts',
    ],
    [
      "an empty attribute",
      { ...schedule, attributes: { kind: "" } },
      'attributes: "kind" is empty; SNS rejects an empty value',
    ],
    ...["", "a b", "é", "g".repeat(129)].map((messageGroupId): [string, object, string, object] => [
      `a message group "${messageGroupId.slice(0, 20)}"`,
      { ...schedule, messageGroupId },
      `messageGroupId must have 1 to 128 letters, digits and punctuation characters (given ${shown(messageGroupId)})`,
      { fifo: true },
    ]),
    ...[
      "Uploads",
      "up",
      "-uploads",
      "uploads-",
      "a".repeat(64),
      "arn:aws:s3:::a/b",
      "x arn:aws:s3:::uploads",
    ].map((name): [string, object, string] => [
      `a bucket "${name.slice(0, 30)}"`,
      { bucket: name },
      `bucket must be the name or ARN of a bucket, an UploadBucket or an aws.s3.Bucket (given ${shown(name)})`,
    ]),
    [
      "a bucket that is not known, without a name",
      { bucket: later },
      "the bucket's name is not known before the deployment; add a name",
    ],
    ...["a b", "", "é"].map((name): [string, object, string] => [
      `a name "${name}"`,
      { ...events, name },
      `name may have only letters, digits, -, _ and . (given "${name}")`,
    ]),
    ...[bucket, { bucket: later }].map((source): [string, object, string] => [
      `a name with a space, of a bucket that is ${source === bucket ? "" : "not "}known`,
      { ...source, name: "a b" },
      'name may have only letters, digits, -, _ and . (given "a b")',
    ]),
    [
      "a bucket on a FIFO topic",
      bucket,
      "S3 cannot publish to a FIFO topic; use a standard topic, or a function between them",
      { fifo: true },
    ],
    ["no events", { ...bucket, events: [] }, "events is empty; remove it for s3:ObjectCreated:*"],
    [
      "a misspelled event",
      { ...bucket, events: ["s3:ObjectCreated:Putt"] },
      'events: S3 has no "s3:ObjectCreated:Putt"; did you mean "s3:ObjectCreated:Put"?',
    ],
    [
      "an event that S3 does not send to EventBridge",
      { ...bucket, via: "eventBridge", events: ["s3:Replication:*"] },
      'events: S3 does not send "s3:Replication:*" to EventBridge; use via: "notification"',
    ],
    [
      "a prefix that is too long",
      { ...bucket, prefix: "p".repeat(1025) },
      "prefix has 1025 characters when URL-encoded; S3 allows 1,024",
    ],
    [
      "a suffix that is too long when it is encoded",
      { ...bucket, suffix: `${"é".repeat(170)}12345` },
      "suffix has 1025 characters when URL-encoded; S3 allows 1,024",
    ],
    [
      "retries of a notification",
      { ...bucket, retries: {} },
      'retries are those of EventBridge; add via: "eventBridge", or remove them',
    ],
    [
      "an unknown way",
      { ...bucket, via: "eventbridge" },
      'via must be "notification" or "eventBridge"; did you mean "eventBridge"? (given "eventbridge")',
    ],
    [
      "a time zone of a wrong type",
      { ...schedule, timezone: 1 },
      "timezone must be a string (given 1)",
    ],
    [
      "a payload with an Output in it",
      { ...schedule, payload: { report: later } },
      'payload must have plain values, which are checked before the deployment; report is an Output (given {"report":"an Output"})',
    ],
  ];
  for (const [what, source, problem, topic] of refused) {
    it(`is refused: ${what}`, () => {
      expect(ofSource(source, topic)).to.deep.equal([`error: ${problem}`]);
    });
  }

  it("is a warning: an event that is not known, unless EventBridge brings it", () => {
    const events = ["s3:ObjectFolded:Once"];
    expect(ofSource({ ...bucket, events })).to.deep.equal([
      'warning: events: "s3:ObjectFolded:Once" is not known; S3 rejects it if it has no such event',
    ]);
  });

  it("is a warning: a prefix or suffix that may be encoded already", () => {
    const encoded = (prefix: string) => ofSource({ ...bucket, prefix });
    expect(encoded("year%3D2026/")).to.deep.equal([
      'warning: prefix is URL-encoded for S3, and a % with it; if "year%3D2026/" is encoded already, decode it',
    ]);
    for (const prefix of ["50%/", "50%3", "50%zz"]) expect(encoded(prefix)).to.deep.equal([]);
  });

  it("is refused: the 101st rule of a bucket", () => {
    const rules = Array.from({ length: 101 }, (_, index) => ({ ...bucket, prefix: `${index}/` }));
    expect(problems(rules.slice(0, 100))).to.deep.equal([]);
    expect(problems(rules)).to.deep.equal([
      "error: source 101: this bucket has more than the 100 rules that S3 allows",
    ]);
  });

  it("is refused: a rule that matches what an earlier one of the bucket does, once", () => {
    const rules = [{ prefix: "a" }, { prefix: "ab" }, { prefix: "abc" }];
    expect(problems(rules.map((rule) => ({ ...bucket, ...rule })))).to.deep.equal(
      [2, 3].map(
        (index) =>
          `error: source ${index}: matches some of the same events as another rule of the bucket (prefix "a", suffix ""); S3 rejects overlapping rules: use prefixes or suffixes that exclude each other, or via: "eventBridge"`,
      ),
    );
    expect(problems([bucket, { bucket: "other" }])).to.deep.equal([]);
  });

  it("is refused: a name with a dot, of a source with a queue", () => {
    expect(ofSource({ ...events, name: "shop.orders" })).to.deep.equal([
      'error: name may have no dots (given "shop.orders"), because SQS allows none in the name of the source\'s queue; give the source another name',
    ]);
    expect(ofSource({ ...bucket, name: "shop.orders" })).to.deep.equal([]);
  });

  it("is refused: an event pattern on a FIFO topic", () => {
    expect(ofSource(events, { fifo: true })).to.deep.equal([
      "error: EventBridge cannot publish to a FIFO topic; use a standard topic, or a function between them",
    ]);
  });

  it("is refused: a name that another source with resources of its own has", () => {
    for (const second of [
      { ...events, name: "shop" },
      { ...schedule, name: "shop" },
    ]) {
      expect(problems([{ ...events, name: "shop" }, second])).to.deep.equal([
        'error: source 2: two sources are named "shop"; give this one a name of its own',
      ]);
    }
  });

  it("is refused: a name with which a rule's has more than 64 characters", () => {
    const named = (length: number) => problems({ ...events, name: "s".repeat(length) });
    const longest = 64 - 8 - "orders-".length;
    expect(named(longest)).to.deep.equal([]);
    expect(named(longest + 1)).to.deep.equal([
      `error: source 1: the name "orders-${"s".repeat(longest + 1)}" would have 65 characters with what Pulumi adds; AWS allows 64: shorten the topic's or the source's name`,
    ]);
    expect(problems({ ...bucket, name: "s".repeat(longest + 1) })).to.deep.equal([]);
  });

  it("is refused: a name with which a queue's has more than 80 characters", () => {
    const existing = (length: number) => ({
      existingTopicArn: `arn:aws:sns:eu-west-1:123456789012:${"t".repeat(length)}`,
    });
    const longest = 80 - 8 - "-events-unpublished".length;
    expect(problems(events, existing(longest))).to.deep.equal([]);
    expect(problems(events, existing(longest + 1))).to.deep.equal([
      "error: source 1: the name of the queue \"orders-events-unpublished\" would have 81 characters with what is added to the topic's name; AWS allows 80: shorten the source's name",
    ]);
    expect(problems(bucket, existing(longest + 1))).to.deep.equal([]);
  });

  it("is refused: a name whose queue is a consumer's", () => {
    const consumers = [{ name: "events-unpublished" }, { name: "uploads-unpublished" }];
    expect(problems([events, bucket], { consumers })).to.deep.equal([
      'error: two of the queues would be named "orders-events-unpublished"; rename a consumer or a source',
    ]);
  });
});

function attributes(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, "x"]));
}

/** A text as messages show it: truncated to 80 characters. */
function shown(text: string): string {
  const json = JSON.stringify(text);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
