import { expect } from "chai";
import fc from "fast-check";
import { inGroup, makeQueues, message } from "../../../harness/cloud/queues.ts";

const visibilitySeconds = 10;

type Step =
  | { readonly kind: "send"; readonly group: string }
  | { readonly kind: "receive"; readonly wanted: number }
  | { readonly kind: "delete"; readonly which: number }
  | { readonly kind: "release"; readonly which: number }
  | { readonly kind: "wait"; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("send" as const),
      group: fc.constantFrom("a", "b", "c"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("receive" as const),
      wanted: fc.integer({ min: 1, max: 10 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("delete" as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("release" as const), which: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      seconds: fc.integer({ min: 1, max: 12 }),
    }),
  },
);

/** What a queue holds, kept as plainly as can be: a list of messages in the order of sending. */
type Entry = { readonly group: string; readonly body: string; visibleAt: number; handle: string };

class Model {
  readonly entries: Entry[] = [];
  now = 0;
  #sent = 0;

  add(group: string): string {
    const body = `${group}${++this.#sent}`;
    this.entries.push({ group, body, visibleAt: this.now, handle: "" });
    return body;
  }

  /** The messages of a FIFO queue that may be handed out now: of each group the visible ones up to the first hidden. */
  receivable(fifo: boolean): Entry[] {
    const locked = new Set<string>();
    return this.entries.filter((entry) => {
      const visible = entry.visibleAt <= this.now;
      if (!visible && fifo) locked.add(entry.group);
      return visible && !locked.has(entry.group);
    });
  }

  hidden(): Entry[] {
    return this.entries.filter(({ visibleAt }) => visibleAt > this.now);
  }

  remove(entry: Entry): void {
    this.entries.splice(this.entries.indexOf(entry), 1);
  }
}

/** The queue and its model, which must do the same. */
class Pair {
  readonly #cloud = makeQueues();
  readonly #model = new Model();
  readonly #fifo: boolean;
  readonly #arn: string;

  constructor(fifo: boolean) {
    this.#fifo = fifo;
    const type: Record<string, string> = fifo ? { FifoQueue: "true" } : {};
    const attributes = { ...type, VisibilityTimeout: String(visibilitySeconds) };
    this.#arn = this.#cloud.queues.create(fifo ? "q.fifo" : "q", attributes).arn;
  }

  async take(step: Step): Promise<void> {
    if (step.kind === "send") this.#send(step.group);
    if (step.kind === "receive") this.#receive(step.wanted);
    if (step.kind === "delete") this.#delete(this.#inFlight(step.which));
    if (step.kind === "release") this.#release(this.#inFlight(step.which));
    if (step.kind === "wait") await this.#wait(step.seconds);
    this.#compareCounts();
  }

  #send(group: string): void {
    const body = this.#model.add(group);
    this.#cloud.queues.send(this.#arn, this.#fifo ? inGroup(group, body) : message(body));
  }

  #receive(wanted: number): void {
    const may = this.#model.receivable(this.#fifo);
    const received = this.#cloud.queues.receiveNow(this.#arn, { maxMessages: wanted });
    expect(received).to.have.length(Math.min(wanted, may.length));
    const taken = received.map(({ body, receiptHandle }) => {
      const entry = may.find((candidate) => candidate.body === body);
      if (entry === undefined) throw new Error(`${body} came, and may not`);
      entry.visibleAt = this.#model.now + visibilitySeconds;
      entry.handle = receiptHandle;
      return entry;
    });
    if (this.#fifo) expectRunsFromTheStart(may, taken);
  }

  #delete(entry: Entry | undefined): void {
    if (entry === undefined) return;
    this.#cloud.queues.deleteMessage(this.#arn, entry.handle);
    this.#model.remove(entry);
  }

  #release(entry: Entry | undefined): void {
    if (entry === undefined) return;
    this.#cloud.queues.changeVisibility(this.#arn, entry.handle, 0);
    entry.visibleAt = this.#model.now;
  }

  async #wait(seconds: number): Promise<void> {
    await this.#cloud.clock.advance(seconds * 1000);
    this.#model.now += seconds;
  }

  #inFlight(which: number): Entry | undefined {
    const hidden = this.#model.hidden();
    return hidden[which % Math.max(1, hidden.length)];
  }

  #compareCounts(): void {
    const inFlight = this.#model.hidden().length;
    const visible = this.#model.entries.length - inFlight;
    expect(this.#cloud.queues.counts(this.#arn)).to.include({ visible, inFlight });
  }
}

/** What was taken of each group is its first receivable messages, in order. */
function expectRunsFromTheStart(may: readonly Entry[], taken: readonly Entry[]): void {
  for (const group of new Set(taken.map((entry) => entry.group))) {
    const run = taken.filter((entry) => entry.group === group);
    const start = may.filter((entry) => entry.group === group).slice(0, run.length);
    expect(run).to.deep.equal(start);
  }
}

describe("a queue under any workload", () => {
  for (const fifo of [false, true]) {
    it(`does as a plain model of a ${fifo ? "FIFO" : "standard"} queue does`, async () => {
      const steps = fc.array(step, { maxLength: 80 });
      await fc.assert(
        fc.asyncProperty(steps, async (todo) => {
          const pair = new Pair(fifo);
          for (const next of todo) await pair.take(next);
        }),
        { numRuns: 100 },
      );
    });
  }
});
