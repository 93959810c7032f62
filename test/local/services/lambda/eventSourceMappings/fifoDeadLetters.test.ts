import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { expect } from "chai";
import * as fc from "fast-check";
import { handleFifoBatch } from "../../../../../handlers/lib/fifoBatch.ts";
import { hangMilliseconds } from "../../../../harness/assertions/hang.ts";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { inGroup } from "../../../../harness/cloud/queues.ts";
import { runHandler } from "../../../../harness/handlers/handlerRun.ts";

const visibilitySeconds = 30;

/** A message, whose first letter is its group, and how often it fails before it succeeds. */
type Plan = { readonly body: string; readonly failures: number };

type Setting = {
  readonly plans: readonly Plan[];
  readonly batchSize: number;
  readonly maxReceiveCount: number;
  readonly concurrency: number;
};

/** Handles one message. @throws if it fails */
type Work = (body: string) => Promise<{ outcome: string }>;
type Handle = (
  work: Work,
  maxReceiveCount: number,
) => (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Sends all messages, and lets a function handle them until the queue is empty. */
async function handled(setting: Setting, handle: Handle) {
  const { plans, batchSize, maxReceiveCount, concurrency } = setting;
  const cloud = startMappings({ concurrency });
  cloud.state.behaviour = "byHand";
  const dead = cloud.queues.create("dead.fifo", { FifoQueue: "true" });
  const { queue } = map(
    cloud,
    { reportBatchItemFailures: true, batchSize },
    {
      FifoQueue: "true",
      VisibilityTimeout: String(visibilitySeconds),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount }),
    },
  );
  const tries = new Map<string, number>();
  const done: string[] = [];
  const work: Work = async (body) => {
    const count = (tries.get(body) ?? 0) + 1;
    tries.set(body, count);
    const failures = plans.find((plan) => plan.body === body)?.failures ?? 0;
    if (count <= failures) throw new Error("not yet");
    done.push(body);
    return { outcome: "done" };
  };
  const handler = handle(work, maxReceiveCount);
  for (const { body } of plans) cloud.queues.send(queue.arn, inGroup(body.charAt(0), body));
  for (let next = 0; ; ) {
    await cloud.settle();
    const pending = cloud.invocations.slice(next);
    next += pending.length;
    for (const invocation of pending) {
      try {
        invocation.succeed(await handler(JSON.parse(invocation.event)));
      } catch {
        invocation.fail();
      }
    }
    if (pending.length > 0) continue;
    const { visible, inFlight } = cloud.queues.counts(queue.arn);
    if (visible + inFlight === 0) break;
    await cloud.clock.advance(visibilitySeconds * 1000);
  }
  const deadLetters = cloud.queues.peek(dead.arn, plans.length).map(({ body }) => body);
  return { tries, done, deadLetters };
}

/** The lib's handler, as a function runs it. */
const withHandleFifoBatch: Handle = (work, maxReceiveCount) => {
  const handler = handleFifoBatch(({ body }) => work(body), { maxReceiveCount });
  return async (event) => (await runHandler(handler, event)).result;
};

/** A handler that knows nothing of batches: the function fails. */
const failingFunction: Handle = (work) => async (event) => {
  for (const { body } of event.Records) await work(body);
  return { batchItemFailures: [] };
};

const plans = fc
  .array(
    fc.record({
      group: fc.constantFrom("a", "b", "c"),
      failures: fc.constantFrom(0, 0, 0, 1, 2, Number.POSITIVE_INFINITY),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((all) => all.map(({ group, failures }, index) => ({ body: `${group}${index}`, failures })));

const setting = (batchSize: fc.Arbitrary<number>): fc.Arbitrary<Setting> =>
  fc.record({
    plans,
    batchSize,
    maxReceiveCount: fc.integer({ min: 1, max: 4 }),
    concurrency: fc.integer({ min: 1, max: 3 }),
  });

const limits = {
  numRuns: 40,
  interruptAfterTimeLimit: hangMilliseconds,
  markInterruptAsFailure: true,
};

function expectOrder(given: readonly Plan[], result: Awaited<ReturnType<typeof handled>>): void {
  const { tries, done, deadLetters } = result;
  expect([...done, ...deadLetters].sort()).to.deep.equal(given.map(({ body }) => body).sort());
  for (const body of deadLetters) expect(tries.get(body), `tries of ${body}`).to.be.greaterThan(0);
  for (const { body, failures } of given) {
    if (failures === 0) expect(deadLetters).not.to.include(body);
  }
  for (const group of ["a", "b", "c"]) {
    const numbers = done
      .filter((body) => body.startsWith(group))
      .map((body) => Number(body.slice(1)));
    expect(numbers).to.deep.equal(numbers.toSorted((one, other) => one - other));
  }
}

describe("a FIFO queue whose messages fail", () => {
  it("moves no message to the dead-letter queue that handleFifoBatch did not try, and keeps the order", async () => {
    await fc.assert(
      fc.asyncProperty(setting(fc.integer({ min: 1, max: 10 })), async (given) => {
        expectOrder(given.plans, await handled(given, withHandleFifoBatch));
      }),
      limits,
    );
  });

  it("moves no message there in batches of one that any other handler did not try", async () => {
    await fc.assert(
      fc.asyncProperty(setting(fc.constant(1)), async (given) => {
        expectOrder(given.plans, await handled(given, failingFunction));
      }),
      limits,
    );
  });

  it("tries every message as often as the queue allows, in batches of one", async () => {
    const all = Array.from({ length: 29 }, (_, index) => ({
      body: `a${index}`,
      failures: index === 0 ? Number.POSITIVE_INFINITY : 0,
    }));
    const given = { plans: all, batchSize: 1, maxReceiveCount: 5, concurrency: 1 };
    for (const handle of [withHandleFifoBatch, failingFunction]) {
      const { tries, done, deadLetters } = await handled(given, handle);
      expect(deadLetters).to.deep.equal(["a0"]);
      expect(tries.get("a0")).to.equal(5);
      expect(done).to.have.lengthOf(28);
    }
  });
});
