import { expect } from "chai";
import { type Deliveries, hasEnded } from "../../demo/eventProgress.ts";
import type { Hop, Step } from "../../local/trace/hop.ts";

const topicArn = "arn:aws:sns:eu-west-1:000000000000:orders";
const queueArn = "arn:aws:sqs:eu-west-1:000000000000:orders-billing";
const pulledArn = "arn:aws:sqs:eu-west-1:000000000000:orders-pulled";
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:orders-direct";
const mail = "ada@example.com";

/** A topic with these endpoints; a function polls the first queue. */
function cloudWith(...endpoints: string[]): Deliveries {
  return {
    topics: {
      subscriptions: () => endpoints.map((endpoint) => ({ endpoint, status: "confirmed" })),
    },
    mappings: { list: () => [{ queueArn }] },
  };
}

function hop(from: string, to: string, step: Step): Hop {
  return { sequence: 1, time: 0, event: "event", from, to, ...step };
}

const published = hop("arn:aws:iam::000000000000:root", topicArn, {
  kind: "published",
  messageId: "event",
  body: "{}",
});
const queued = (to: string) =>
  hop(topicArn, to, { kind: "queued", messageId: "event", delaySeconds: 0 });
const handled = (from: string) =>
  hop(from, functionArn, { kind: "handled", requestId: "request", milliseconds: 1 });
const failed = hop(topicArn, functionArn, { kind: "failed", requestId: "r", reason: "broken" });

describe("the progress of an event", () => {
  const cases: readonly (readonly [
    title: string,
    endpoints: string[],
    hops: Hop[],
    ended: boolean,
  ])[] = [
    ["is open before anything is published", [], [], false],
    ["has ended when the topic has no subscription", [], [published], true],
    ["is open until each subscription has begun", [queueArn, mail], [published], false],
    [
      "is open while a message waits in a polled queue",
      [queueArn],
      [published, queued(queueArn)],
      false,
    ],
    [
      "has ended when a message is in a queue without a function",
      [pulledArn],
      [published, queued(pulledArn)],
      true,
    ],
    [
      "has ended when a queue's function handled it",
      [queueArn],
      [published, queued(queueArn), handled(queueArn)],
      true,
    ],
    [
      "is open when only the queue's function handled it",
      [queueArn, functionArn],
      [published, queued(queueArn), handled(queueArn)],
      false,
    ],
    [
      "has ended when a directly invoked function handled it",
      [functionArn],
      [published, handled(topicArn)],
      true,
    ],
    ["is open when a function failed, which is retried", [functionArn], [published, failed], false],
    [
      "has ended when a failed message is in the dead-letter queue",
      [functionArn],
      [
        published,
        failed,
        hop(functionArn, pulledArn, { kind: "deadLettered", messageId: "m", reason: "broken" }),
      ],
      true,
    ],
    [
      "has ended when a mail was sent, and when a filter kept the message back",
      [mail, queueArn],
      [
        published,
        hop(topicArn, mail, { kind: "sent", summary: "a mail" }),
        hop(topicArn, queueArn, { kind: "filtered", reason: "no" }),
      ],
      true,
    ],
  ];

  for (const [title, endpoints, hops, ended] of cases) {
    it(title, () => {
      expect(hasEnded(cloudWith(...endpoints), hops)).to.equal(ended);
    });
  }
});
