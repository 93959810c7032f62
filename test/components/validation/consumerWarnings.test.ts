import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const handler = "handlers/a.ts";

describe("a consumer that is warned of", () => {
  const warned: [string, object, string, object?][] = [
    [
      "few receives",
      { handler, maxReceiveCount: 3 },
      "maxReceiveCount below 5 (given 3) moves valid messages to the dead-letter queue when Lambda throttles",
    ],
    [
      "a FIFO batch in which a failed message holds back others",
      { handler, batchSize: 10 },
      "batchSize 10 on a FIFO queue: the messages of a batch behind a failed one use up their receives with it, and reach the dead-letter queue unhandled if the function times out, or if its handler is not handleFifoBatch; use 1 unless you need the throughput",
      { fifo: true },
    ],
    [
      "more pollers than the provider documents",
      { handler, provisionedPollers: { minimum: 2, maximum: 10_000 } },
      "provisionedPollers.maximum (10,000) is within Lambda's 10,000, but @pulumi/aws documents 2,000; if a preview rejects it, update the provider",
    ],
    [
      "short visibility",
      { handler, visibilityTimeoutSeconds: 60 },
      "visibilityTimeoutSeconds (60) is below 6 x timeout + window (180): a slow or throttled batch is received again while it is processed",
    ],
    [
      "a message that is gone before its second try",
      { handler: { entry: handler, timeoutSeconds: 600 }, retentionSeconds: 3600 },
      "retentionSeconds (3,600) is not longer than visibilityTimeoutSeconds (3,600): a message that fails once expires before it is received again, and does not reach the dead-letter queue",
    ],
    [
      "a message that is gone before its second try, because of the batch window",
      {
        handler: { entry: handler, timeoutSeconds: 600 },
        batchWindowSeconds: 300,
        retentionSeconds: 3900,
      },
      "retentionSeconds (3,900) is not longer than visibilityTimeoutSeconds (3,900): a message that fails once expires before it is received again, and does not reach the dead-letter queue",
    ],
    [
      "standard queue on a FIFO topic",
      { fifo: false },
      "a standard queue on a FIFO topic receives messages out of order, and some of them twice",
      { fifo: true },
    ],
    [
      "reserved concurrency alone",
      { handler: { entry: handler, reservedConcurrency: 5 } },
      "reservedConcurrency without maxConcurrency: pollers exceed it, and throttled messages end up in the dead-letter queue; set maxConcurrency to the same number",
    ],
    [
      "mail, which needs a human",
      { kind: "email", endpoint: "ops@example.com" },
      'the owner of "ops@example.com" has to confirm the subscription within two days, by the link in an e-mail from AWS; a destroy does not delete an unconfirmed subscription',
    ],
  ];
  for (const [what, consumer, text, topic] of warned) {
    it(`${what}: ${text}`, () => {
      expect(consumerProblems(consumer, topic)).to.deep.equal([`warning: consumer "a": ${text}`]);
    });
  }
});
