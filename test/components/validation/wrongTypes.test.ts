import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

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
