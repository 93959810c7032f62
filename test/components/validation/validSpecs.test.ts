import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const handler = "handlers/a.ts";

describe("a spec with nothing wrong", () => {
  const good: [string, object, object?][] = [
    ["a bare queue", {}],
    ["a handler by its path", { handler }],
    ["the largest standard batch", { handler, batchSize: 10_000, batchWindowSeconds: 1 }],
    ["a FIFO batch of one", { handler, batchSize: 1 }, { fifo: true }],
    [
      "Outputs, which are not known yet",
      {
        handler: { entry: handler, timeoutSeconds: pulumi.output(9000) },
        batchSize: pulumi.output(-1),
      },
    ],
    ["14 days of retention in both queues", { retentionSeconds: 1_209_600 }],
    [
      "a FIFO queue and its dead-letter queue that keep as long",
      { retentionSeconds: 86_400, deadLetter: { retentionSeconds: 86_400 } },
      { fifo: true },
    ],
    [
      "reserved concurrency with as much maximum concurrency",
      { handler: { entry: handler, reservedConcurrency: 5 }, maxConcurrency: 5 },
    ],
    [
      "a visibility timeout as advised",
      { handler: { entry: handler, timeoutSeconds: 10 }, visibilityTimeoutSeconds: 60 },
    ],
    [
      "a function",
      { kind: "function", handler, maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 },
    ],
  ];
  for (const [what, consumer, topic] of good) {
    it(`passes: ${what}`, () => {
      expect(consumerProblems(consumer, topic)).to.deep.equal([]);
    });
  }
});
