import { expect } from "chai";
import { problemsOf } from "../../harness/programs/problems.ts";

const handler = "handlers/a.ts";

describe("a spec of the wrong shape", () => {
  const misshapen: [string, object, string][] = [
    [
      "a slip of the keyboard",
      { consumers: [{ name: "a", batchsize: 5 }] },
      'consumer "a": unknown field "batchsize"; did you mean "batchSize"?',
    ],
    [
      "a text for a number",
      { consumers: [{ name: "a", delaySeconds: "5" }] },
      'consumer "a": delaySeconds must be a number (given "5")',
    ],
    [
      "half a message",
      { consumers: [{ name: "a", handler, batchSize: 2.5 }] },
      'consumer "a": batchSize must be a whole number (given 2.5)',
    ],
    ["no name", { consumers: [{}] }, "consumer 1: name is missing"],
    [
      "a consumer that is a text",
      { consumers: ["a"] },
      'consumer 1: must be an object (given "a")',
    ],
    [
      "an unknown kind",
      { consumers: [{ name: "a", kind: "lambda" }] },
      'consumer "a": kind must be "queue", "function", "email", "sms", "https" or "firehose"; did you mean "function"? (given "lambda")',
    ],
    [
      "a kind that every object has",
      { consumers: [{ name: "a", kind: "constructor" }] },
      'consumer "a": kind must be "queue", "function", "email", "sms", "https" or "firehose" (given "constructor")',
    ],
    [
      "no number at all",
      { consumers: [{ name: "a", delaySeconds: Number.NaN }] },
      'consumer "a": delaySeconds must be a number (given NaN)',
    ],
    [
      "a text for a flag",
      { consumers: [{ name: "a" }], fifo: "true" },
      'fifo must be true or false (given "true")',
    ],
    ["a hole among the consumers", { consumers: [undefined] }, "consumer 1: is missing"],
    [
      "a statement of a resource's policy",
      {
        consumers: [
          {
            name: "a",
            handler: {
              entry: handler,
              permissions: [{ Effect: "Allow", Principal: "*", Action: "a:B", Resource: "*" }],
            },
          },
        ],
      },
      'consumer "a": handler.permissions.0.Principal belongs in a resource\'s policy, not in the role\'s; remove it (given "*")',
    ],
    [
      "a function without a handler",
      { consumers: [{ name: "a", kind: "function" }] },
      'consumer "a": handler is missing',
    ],
    [
      "a handler without entry",
      { consumers: [{ name: "a", handler: { memoryMb: 128 } }] },
      'consumer "a": handler.entry is missing',
    ],
    [
      "a number for a handler",
      { consumers: [{ name: "a", handler: 5 }] },
      'consumer "a": handler must be the path of an entry file, { entry, ... }, { functionArn }, an aws.lambda.Function or an aws.lambda.Alias (given 5)',
    ],
    [
      "a field of another kind",
      { consumers: [{ name: "a", kind: "function", handler, batchSize: 5 }] },
      'consumer "a": unknown field "batchSize"',
    ],
    [
      "a bucket that is none",
      { consumers: [{ name: "a" }], sources: [{ bucket: {} }] },
      "source 1: bucket must be an UploadBucket, an aws.s3.Bucket, or the name or ARN of a bucket (given {})",
    ],
    [
      "an unknown setting of the topic",
      { consumers: [{ name: "a" }], source: [] },
      'unknown field "source"; did you mean "sources"?',
    ],
    ["no consumers", {}, "consumers is missing"],
    [
      "a deeper slip",
      { consumers: [{ name: "a", deadLetter: { retention: 60 } }] },
      'consumer "a": deadLetter: unknown field "retention"; did you mean "retentionSeconds"?',
    ],
  ];
  for (const [what, spec, text] of misshapen) {
    it(`${what}: ${text}`, () => {
      expect(problemsOf(spec)).to.deep.equal([`error: ${text}`]);
    });
  }

  it("does not keep the other consumers' problems from being said", () => {
    expect(
      problemsOf({
        consumers: [
          { name: "a", delay: 1 },
          { name: "b", delaySeconds: 901 },
        ],
      }),
    ).to.deep.equal([
      'error: consumer "a": unknown field "delay"; did you mean "delaySeconds"?',
      'error: consumer "b": delaySeconds must be 0 to 900 seconds (given 901)',
    ]);
  });
});
