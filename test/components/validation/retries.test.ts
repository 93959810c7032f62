import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { FanoutTopicArgs } from "../../../components/index.ts";
import { fanoutTopicProblems } from "../../../components/validation/checkFanoutTopic.ts";
import { formatProblem } from "../../../components/validation/problem.ts";
import { runProgram } from "../../harness/programs/program.ts";

const handler = "handlers/a.ts";

/** The problems of the consumer's retries; `consumer` is not typed, as JSON and JavaScript are not. */
function problems(consumer: object, topic: object = {}): string[] {
  const spec = { consumers: [{ name: "a", handler, ...consumer }], ...topic };
  return fanoutTopicProblems("orders", spec as FanoutTopicArgs, (path) =>
    /^handlers\/a\./.test(path),
  ).map((problem) => formatProblem(problem).replace('consumer "a": ', ""));
}

describe("retries", () => {
  for (const [what, consumer] of Object.entries({
    "the shortest backoff": { retries: { backoff: { first: 1, factor: 1, maximum: 1 } } },
    "the longest backoff": {
      visibilityTimeoutSeconds: 180,
      retries: { backoff: { first: 43_020, maximum: 43_020 } },
    },
    "a growing backoff": { maxReceiveCount: 20, retries: { backoff: { first: 30 } } },
    "Outputs, which are not known yet": {
      retries: { backoff: { first: pulumi.output(-1), maximum: pulumi.output(-1) } },
    },
    "permanent errors": { retries: { permanentErrors: "deadLetter" } },
  })) {
    it(`accept ${what}`, () => {
      expect(problems(consumer)).to.deep.equal([]);
    });
  }

  const rejected: [string, object, ...string[]][] = [
    [
      "a queue without a handler",
      { handler: undefined, retries: { backoff: { first: 30 } } },
      "retries has no effect without a handler; add one, or remove it",
    ],
    [
      "an existing queue",
      {
        existingQueueArn: "arn:aws:sqs:eu-west-1:123456789012:old",
        retries: { permanentErrors: "deadLetter" },
      },
      "retries does not apply to an existing queue, whose dead-letter queue is not known; remove it",
    ],
    [
      "a handler in Python",
      { handler: "handlers/a.py", retries: { backoff: { first: 30 } } },
      "retries does not apply to a handler in Python: handleBatch and handleFifoBatch, which delay retries and move permanent errors, are for TypeScript and JavaScript; remove it, and call ChangeMessageVisibility or SendMessage in the handler, with the rights in handler.permissions",
    ],
    [
      "values out of their ranges, all at once",
      { retries: { backoff: { first: 0, factor: 11 } } },
      "retries.backoff.first must be 1 to 43,200 seconds (given 0)",
      "retries.backoff.factor must be 1 to 10 (given 11)",
    ],
    [
      "a maximum below the first delay",
      { retries: { backoff: { first: 3600 } } },
      "retries.backoff.maximum (900) is below first (3,600); raise it",
    ],
    [
      "a message in flight for more than 12 hours",
      { visibilityTimeoutSeconds: 180, retries: { backoff: { first: 30, maximum: 43_021 } } },
      "retries.backoff.maximum must be at most 43,020 seconds (given 43,021): with the visibility timeout of 180, a message would be in flight for more than SQS's 12 hours",
    ],
    [
      "one receive",
      { maxReceiveCount: 1, retries: { backoff: { first: 30 } } },
      "maxReceiveCount below 5 (given 1) moves valid messages to the dead-letter queue when Lambda throttles",
      "retries.backoff has no effect with maxReceiveCount 1, which allows no retry; raise it",
    ],
    [
      "delays longer than the retention",
      {
        maxReceiveCount: 10,
        retentionSeconds: 36_000,
        retries: { backoff: { first: 600, factor: 2, maximum: 6000 } },
      },
      "retries.backoff delays 9 retries by 39,000 seconds in all, and retentionSeconds is 36,000: a message would expire before it reaches the dead-letter queue; lower maximum or maxReceiveCount, or raise retentionSeconds",
    ],
    [
      "unknown fields and values",
      { retries: { backoff: { first: 30, max: 60 }, permanentErrors: "drop" } },
      'retries.permanentErrors must be "retry" or "deadLetter" (given "drop")',
      'retries.backoff: unknown field "max"; did you mean "maximum"?',
    ],
  ];
  for (const [what, consumer, ...expected] of rejected) {
    it(`reject ${what}`, () => {
      expect(problems(consumer)).to.deep.equal(expected);
    });
  }

  it("hold for FIFO queues, whose groups wait with their failed message", () => {
    const retries = { backoff: { first: 30 } };
    expect(problems({ retries }, { fifo: true })).to.deep.equal([]);
    expect(problems({ retries, retentionSeconds: 200 }, { fifo: true })).to.deep.equal([
      "retries.backoff delays 4 retries by 450 seconds in all, and retentionSeconds is 200: a message would expire before it reaches the dead-letter queue; lower maximum or maxReceiveCount, or raise retentionSeconds",
    ]);
  });

  it("reject an existing function", async () => {
    let found: string[] = [];
    await runProgram(() => {
      const role = "arn:aws:iam::123456789012:role/existing";
      const existing = new aws.lambda.Function("existing", { role });
      found = problems({ handler: existing, retries: { backoff: { first: 30 } } });
      return {};
    });
    expect(found).to.deep.equal([
      "retries does not apply to an existing function, whose environment is not changed; use the path of its entry file",
    ]);
  });
});
