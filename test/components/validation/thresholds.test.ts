import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const entry = "handlers/a.ts";
const later = pulumi.output(1);

/** A consumer with nothing wrong, and the smallest change that makes it wrong. */
type Step = {
  readonly what: string;
  readonly right: object;
  readonly wrong: object;
  readonly problem: string;
};

const steps: Step[] = [
  {
    what: "a batch of 11 has a window of a second",
    right: { handler: entry, batchSize: 11, batchWindowSeconds: 1 },
    wrong: { handler: entry, batchSize: 11, batchWindowSeconds: 0 },
    problem: "error: batchSize above 10 requires batchWindowSeconds of 1 or more (given 11 and 0)",
  },
  {
    what: "a batch of 10 needs no window",
    right: { handler: entry, batchSize: 10 },
    wrong: { handler: entry, batchSize: 11 },
    problem: "error: batchSize above 10 requires batchWindowSeconds of 1 or more (given 11 and 0)",
  },
  {
    what: "the provider documents 2,000 pollers",
    right: { handler: entry, provisionedPollers: { minimum: 2, maximum: 2000 } },
    wrong: { handler: entry, provisionedPollers: { minimum: 2, maximum: 2001 } },
    problem:
      "warning: provisionedPollers.maximum (2,001) is within Lambda's 10,000, but @pulumi/aws documents 2,000; if a preview rejects it, update the provider",
  },
  {
    what: "the fewest pollers may be the most",
    right: { handler: entry, provisionedPollers: { minimum: 5, maximum: 5 } },
    wrong: { handler: entry, provisionedPollers: { minimum: 6, maximum: 5 } },
    problem: "error: provisionedPollers.minimum (6) is above the maximum (5)",
  },
  {
    what: "a message becomes visible a second before it expires",
    right: { delaySeconds: 60, retentionSeconds: 61 },
    wrong: { delaySeconds: 61, retentionSeconds: 61 },
    problem:
      "error: retentionSeconds (61) must be longer than delaySeconds (61): a message would expire before it becomes visible",
  },
  {
    what: "a message comes back a second before it expires",
    right: { visibilityTimeoutSeconds: 60, retentionSeconds: 61 },
    wrong: { visibilityTimeoutSeconds: 61, retentionSeconds: 61 },
    problem:
      "warning: retentionSeconds (61) is not longer than visibilityTimeoutSeconds (61): a message that fails once expires before it is received again, and does not reach the dead-letter queue",
  },
  {
    what: "dead letters are kept a second longer",
    right: { retentionSeconds: 600, deadLetter: { retentionSeconds: 601 } },
    wrong: { retentionSeconds: 600, deadLetter: { retentionSeconds: 600 } },
    problem:
      "error: deadLetter.retentionSeconds (600) must be longer than the queue's own (600): a message keeps its age when it moves",
  },
  {
    what: "five receives are enough for throttles",
    right: { handler: entry, maxReceiveCount: 5 },
    wrong: { handler: entry, maxReceiveCount: 4 },
    problem:
      "warning: maxReceiveCount below 5 (given 4) moves valid messages to the dead-letter queue when Lambda throttles",
  },
  {
    what: "a message may be hidden for just the function's timeout and six times that",
    right: { handler: entry, visibilityTimeoutSeconds: 180 },
    wrong: { handler: entry, visibilityTimeoutSeconds: 179 },
    problem:
      "warning: visibilityTimeoutSeconds (179) is below 6 x timeout + window (180): a slow or throttled batch is received again while it is processed",
  },
  {
    what: "the window is added to six times the timeout",
    right: { handler: entry, visibilityTimeoutSeconds: 190, batchWindowSeconds: 10 },
    wrong: { handler: entry, visibilityTimeoutSeconds: 189, batchWindowSeconds: 10 },
    problem:
      "warning: visibilityTimeoutSeconds (189) is below 6 x timeout + window (190): a slow or throttled batch is received again while it is processed",
  },
  {
    what: "the function has at least one execution environment",
    right: {
      handler: { entry, reservedConcurrency: 1 },
      provisionedPollers: { minimum: 2, maximum: 2 },
    },
    wrong: {
      handler: { entry, reservedConcurrency: 0 },
      provisionedPollers: { minimum: 2, maximum: 2 },
    },
    problem: "error: handler.reservedConcurrency must be 1 or more: 0 stops the function (given 0)",
  },
  {
    what: "delays of retries end a second before the message expires",
    right: { handler: entry, retentionSeconds: 451, retries: { backoff: { first: 30 } } },
    wrong: { handler: entry, retentionSeconds: 450, retries: { backoff: { first: 30 } } },
    problem:
      "error: retries.backoff delays 4 retries by 450 seconds in all, and retentionSeconds is 450: a message would expire before it reaches the dead-letter queue; lower maximum or maxReceiveCount, or raise retentionSeconds",
  },
  {
    what: "without a visibility timeout, the one that is made of timeout and window counts",
    right: {
      handler: entry,
      batchWindowSeconds: 10,
      retries: { backoff: { first: 30, maximum: 43_200 - 190 } },
    },
    wrong: {
      handler: entry,
      batchWindowSeconds: 10,
      retries: { backoff: { first: 30, maximum: 43_200 - 189 } },
    },
    problem:
      "error: retries.backoff.maximum must be at most 43,010 seconds (given 43,011): with the visibility timeout of 190, a message would be in flight for more than SQS's 12 hours",
  },
  {
    what: "the delay may grow from its maximum",
    right: { handler: entry, retries: { backoff: { first: 900 } } },
    wrong: { handler: entry, retries: { backoff: { first: 901 } } },
    problem: "error: retries.backoff.maximum (900) is below first (901); raise it",
  },
  {
    what: "an endpoint is tried again up to 100 times",
    right: https({ attempts: 100 }),
    wrong: https({ attempts: 101 }),
    problem: "error: retries.attempts must be 0 to 100 (given 101)",
  },
  {
    what: "an endpoint need not be tried again",
    right: https({ attempts: 0 }),
    wrong: https({ attempts: -1 }),
    problem: "error: retries.attempts must be 0 to 100 (given -1)",
  },
  {
    what: "the shortest delay of an endpoint is a second",
    right: https({ attempts: 1, minimumDelaySeconds: 1 }),
    wrong: https({ attempts: 1, minimumDelaySeconds: 0 }),
    problem:
      "error: retries: delays must be 1 to 3,600 seconds, the minimum not above the maximum (given 0 and 20)",
  },
  {
    what: "the shortest delay of an endpoint may be the longest",
    right: https({ attempts: 1, minimumDelaySeconds: 20 }),
    wrong: https({ attempts: 1, minimumDelaySeconds: 21 }),
    problem:
      "error: retries: delays must be 1 to 3,600 seconds, the minimum not above the maximum (given 21 and 20)",
  },
  {
    what: "the longest delay of an endpoint is an hour",
    right: https({ attempts: 0, maximumDelaySeconds: 3600 }),
    wrong: https({ attempts: 0, maximumDelaySeconds: 3601 }),
    problem:
      "error: retries: delays must be 1 to 3,600 seconds, the minimum not above the maximum (given 20 and 3601)",
  },
  {
    what: "all delays of an endpoint are an hour",
    right: https({ attempts: 36, maximumDelaySeconds: 100 }),
    wrong: https({ attempts: 37, maximumDelaySeconds: 100 }),
    problem: "error: retries must end within an hour (given up to 37 x 100 seconds)",
  },
  {
    what: "a layer is one of five",
    right: { handler: { entry, layers: Array(5).fill("arn") } },
    wrong: { handler: { entry, layers: Array(6).fill("arn") } },
    problem: "error: handler.layers may have at most 5 layers (given 6)",
  },
  {
    what: "an environment has 4 KB with what the component adds",
    right: { handler: { entry, environment: { TEXT: "x".repeat(4060) } } },
    wrong: { handler: { entry, environment: { TEXT: "x".repeat(4061) } } },
    problem:
      "error: handler.environment has 4,097 bytes, 32 of them in the component's own variables (NODE_OPTIONS); Lambda allows 4,096",
  },
];

function https(retries: object): object {
  return { kind: "https", endpoint: "https://example.com", retries };
}

describe("the limit of a rule between fields", () => {
  for (const { what, right, wrong, problem } of steps) {
    it(`is exact: ${what}`, () => {
      expect(consumerProblems(right)).to.deep.equal([]);
      expect(consumerProblems(wrong)).to.deep.equal([
        problem.replace(/^(\w+): /, '$1: consumer "a": '),
      ]);
    });
  }
});

describe("a rule between fields", () => {
  const silent: [string, object, object?][] = [
    ["a batch of unknown size on FIFO", { handler: entry, batchSize: later }, { fifo: true }],
    ["a window that is not known", { handler: entry, batchSize: 50, batchWindowSeconds: later }],
    ["a size that is not known", { handler: entry, batchSize: later, batchWindowSeconds: 0 }],
    [
      "pollers that are not known",
      { handler: entry, provisionedPollers: { minimum: later, maximum: later } },
    ],
    [
      "concurrency that is not known",
      { handler: { entry, reservedConcurrency: later }, maxConcurrency: 5 },
    ],
    [
      "a maximum concurrency that is not known",
      { handler: { entry, reservedConcurrency: 1 }, maxConcurrency: later },
    ],
    ["a delay that is not known", { delaySeconds: later, retentionSeconds: 60 }],
    ["a retention that is not known", { delaySeconds: 60, retentionSeconds: later }],
    [
      "a visibility timeout that is not known",
      { visibilityTimeoutSeconds: later, retentionSeconds: 60, handler: entry },
    ],
    [
      "a timeout that is not known",
      { handler: { entry, timeoutSeconds: later }, visibilityTimeoutSeconds: 2 },
    ],
    [
      "a window that is not known, with a visibility timeout",
      { handler: entry, batchWindowSeconds: later, visibilityTimeoutSeconds: 30 },
    ],
    [
      "dead letters kept for an unknown time",
      { retentionSeconds: 1000, deadLetter: { retentionSeconds: later } },
    ],
    ["receives that are not known", { handler: entry, maxReceiveCount: later }],
    ["few receives without a handler", { maxReceiveCount: 1 }],
    [
      "a backoff whose factor is not known",
      {
        handler: entry,
        retentionSeconds: 200,
        retries: { backoff: { first: 30, factor: later } },
      },
    ],
    [
      "a backoff whose maximum is not known",
      { handler: entry, retries: { backoff: { first: 3600, maximum: later } } },
    ],
    [
      "a backoff with receives that are not known",
      {
        handler: entry,
        retentionSeconds: 200,
        maxReceiveCount: later,
        retries: { backoff: { first: 30 } },
      },
    ],
    [
      "a backoff with a retention that is not known",
      { handler: entry, retentionSeconds: later, retries: { backoff: { first: 900 } } },
    ],
    [
      "the longest backoff with a timeout that is not known",
      {
        handler: { entry, timeoutSeconds: later },
        retries: { backoff: { first: 30, maximum: 43_200 } },
      },
    ],
    [
      "the longest backoff with a window that is not known",
      {
        handler: entry,
        batchWindowSeconds: later,
        retries: { backoff: { first: 30, maximum: 43_200 } },
      },
    ],
    [
      "the longest backoff with a visibility timeout that is not known",
      {
        handler: entry,
        visibilityTimeoutSeconds: later,
        retries: { backoff: { first: 30, maximum: 43_200 } },
      },
    ],
    [
      "a reserved concurrency that is not known",
      {
        handler: { entry, reservedConcurrency: later },
        provisionedPollers: { minimum: 2, maximum: 2 },
      },
    ],
    [
      "a variable that is not known",
      { handler: { entry, environment: { LATER: pulumi.output("x".repeat(5000)) } } },
    ],
    ["an endpoint that is not known", { kind: "https", endpoint: pulumi.output("x") }],
    [
      "settings of existing things that are not known",
      {
        existingQueueArn: pulumi.output("arn"),
        fifo: false,
        region: "eu-west-1",
      },
    ],
  ];
  for (const [what, consumer, topic] of silent) {
    it(`does not judge ${what}`, () => {
      expect(consumerProblems(consumer, topic)).to.deep.equal([]);
    });
  }

  it("names an address that is not known as such", () => {
    expect(
      consumerProblems({ kind: "email", endpoint: pulumi.output("ops@example.com") }),
    ).to.deep.equal([
      'warning: consumer "a": the owner of the address has to confirm the subscription within two days, by the link in an e-mail from AWS; a destroy does not delete an unconfirmed subscription',
    ]);
  });
});
