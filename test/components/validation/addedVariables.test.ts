import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const entry = "handlers/a.ts";

describe("the variables that a consumer adds to its handler's", () => {
  const text = "x".repeat(4096);
  /** The component's own bytes and variables, as the error about an environment that is too large has them. */
  function own(consumer: object, topic: object = {}): string | undefined {
    const handler = { entry, environment: { TEXT: text } };
    const problems = consumerProblems({ ...consumer, handler }, topic).join("\n");
    return / bytes, (.*); Lambda allows 4,096$/m.exec(problems)?.[1];
  }

  const fifo = { fifo: true };
  const none = "32 of them in the component's own variables (NODE_OPTIONS)";
  const receives =
    "57 of them in the component's own variables (NODE_OPTIONS, FANOUT_MAX_RECEIVE_COUNT)";
  const all = (bytes: number) =>
    `${bytes} of them in the component's own variables (NODE_OPTIONS, FANOUT_MAX_RECEIVE_COUNT, FANOUT_RETRIES)`;
  const cases: [what: string, consumer: object, topic: object, expected: string][] = [
    ["none", {}, {}, none],
    ["none in a FIFO batch of one", { batchSize: 1 }, fifo, none],
    ["the most receives, in a FIFO batch", { batchSize: 2 }, fifo, receives],
    [
      "the most receives, as short as they can be",
      { batchSize: 2, maxReceiveCount: pulumi.output(1000) },
      fifo,
      receives,
    ],
    [
      "the most receives, as they are",
      { batchSize: 2, maxReceiveCount: 1000 },
      fifo,
      receives.replace("57", "60"),
    ],
    [
      "none of an existing queue",
      { batchSize: 2, existingQueueArn: "arn:aws:sqs:eu-west-1:123456789012:q.fifo" },
      fifo,
      none,
    ],
    ["a backoff", { retries: { backoff: { first: 30 } } }, {}, all(213)],
    [
      "a backoff, as it is",
      { retries: { backoff: { first: 5, factor: 10, maximum: 1000 } } },
      {},
      all(214),
    ],
    [
      "a backoff, as short as it can be",
      {
        retries: {
          backoff: {
            first: pulumi.output(30),
            factor: pulumi.output(10),
            maximum: pulumi.output(900),
          },
        },
      },
      {},
      all(210),
    ],
    [
      "the dead-letter queue for permanent errors",
      { retries: { permanentErrors: "deadLetter" } },
      {},
      "140 of them in the component's own variables (NODE_OPTIONS, FANOUT_RETRIES)",
    ],
  ];
  for (const [what, consumer, topic, expected] of cases) {
    it(`have ${what}`, () => {
      expect(own(consumer, topic)).to.equal(expected);
    });
  }
});
