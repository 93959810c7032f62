import { expect } from "chai";
import fc from "fast-check";
import {
  type EventRecord,
  type Invocation,
  map,
  startMappings,
} from "../../../../harness/cloud/mappings.ts";
import { inGroup, message } from "../../../../harness/cloud/queues.ts";

/** How the function fares with each try of a message, and how long an invocation takes. */
const workload = fc.record({
  messages: fc.array(
    fc.record({
      group: fc.constantFrom("a", "b", "c", "d"),
      /** How many tries fail before one succeeds. */
      failures: fc.nat(4),
      /** Whether a failure takes the whole batch with it. */
      crashes: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  durations: fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 20 }),
  batchSize: fc.integer({ min: 1, max: 10 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
});

type Workload = typeof workload extends fc.Arbitrary<infer T> ? T : never;

const maxReceiveCount = 3;

/** Lets a function work on a queue until nothing is left to do. Gives what it has dealt with. */
async function run(plan: Workload, fifo: boolean) {
  const cloud = startMappings({ concurrency: plan.concurrency });
  cloud.state.behaviour = "byHand";
  const type: Record<string, string> = fifo ? { FifoQueue: "true" } : {};
  const dead = cloud.queues.create(fifo ? "dead.fifo" : "dead", type);
  const redrive = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount });
  const { queue } = map(
    cloud,
    { batchSize: plan.batchSize, reportBatchItemFailures: true },
    { ...type, VisibilityTimeout: "30", RedrivePolicy: redrive },
  );

  const handled: string[] = [];
  const atWork = new Set<string>();
  let begun = 0;
  const begin = (invocation: Invocation) => {
    const groups = new Set(invocation.bodies.map((body) => body.charAt(0)));
    if (fifo) expect([...groups].filter((group) => atWork.has(group))).to.deep.equal([]);
    for (const group of groups) atWork.add(group);
    const duration = plan.durations[begun++ % plan.durations.length] ?? 0;
    cloud.clock.at(cloud.clock.now() + duration, () => {
      for (const group of groups) atWork.delete(group);
      end(invocation);
    });
  };
  const fails = ({ body, attributes }: EventRecord) =>
    Number(attributes.ApproximateReceiveCount) <= planOf(body).failures;
  const planOf = (body: string) => {
    const found = plan.messages[Number(body.slice(1))];
    if (found === undefined) throw new Error(`there is no message ${body}`);
    return found;
  };
  const end = (invocation: Invocation) => {
    if (invocation.records.some((record) => fails(record) && planOf(record.body).crashes)) {
      invocation.fail();
      return;
    }
    const failedGroups = new Set<string>();
    const failed = invocation.records.filter((record) => {
      const group = record.body.charAt(0);
      const failing = (fifo && failedGroups.has(group)) || fails(record);
      if (failing) failedGroups.add(group);
      else handled.push(record.body);
      return failing;
    });
    invocation.succeed({
      batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })),
    });
  };

  const bodies = plan.messages.map(({ group }, index) => `${group}${index}`);
  for (const body of bodies) {
    cloud.queues.send(queue.arn, fifo ? inGroup(body.charAt(0), body) : message(body));
  }
  for (let seen = 0, quiet = 0; quiet < 100; quiet++) {
    await cloud.clock.advance(1_000);
    for (; seen < cloud.invocations.length; seen++) {
      const invocation = cloud.invocations[seen];
      if (invocation) begin(invocation);
      quiet = 0;
    }
  }
  const left = cloud.queues.counts(queue.arn);
  const deadBodies = cloud.queues.peek(dead.arn, 100).map(({ body }) => body);
  return { bodies, handled, dead: deadBodies, left: left.visible + left.inFlight };
}

describe("random workloads on a mapped queue", () => {
  it("of a FIFO type lose nothing, repeat nothing, and keep the order of every group", async () => {
    await fc.assert(
      fc.asyncProperty(workload, async (plan) => {
        const { bodies, handled, dead, left } = await run(plan, true);

        expect(left).to.equal(0);
        expect([...handled, ...dead].toSorted()).to.deep.equal(bodies.toSorted());
        for (const group of ["a", "b", "c", "d"]) {
          const ofGroup = (body: string) => body.startsWith(group);
          const expected = bodies.filter((body) => ofGroup(body) && !dead.includes(body));
          expect(handled.filter(ofGroup)).to.deep.equal(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("of the standard type lose nothing and repeat nothing", async () => {
    await fc.assert(
      fc.asyncProperty(workload, async (plan) => {
        const { bodies, handled, dead, left } = await run(plan, false);

        expect(left).to.equal(0);
        expect([...handled, ...dead].toSorted()).to.deep.equal(bodies.toSorted());
      }),
      { numRuns: 100 },
    );
  });
});
