import { AwsError } from "../../../protocol/awsError.ts";
import type { Cancel, Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { ReceivedMessage } from "../../sqs/interface.ts";
import { largestEvent } from "../event.ts";
import { type Batch, BatchCollector } from "./batchCollector.ts";
import type { BatchOutcome, BatchWorker } from "./batchWorker.ts";
import { Concurrency } from "./concurrency.ts";
import type { EventSourceMapping } from "./eventSourceMapping.ts";
import { compileFilters, type MessageFilter } from "./filter.ts";
import type { MappedQueue, Receipt } from "./mappedQueue.ts";
import { sqsRecord } from "./sqsEvent.ts";

export type PollerOptions = {
  readonly mapping: EventSourceMapping;
  readonly queue: MappedQueue;
  readonly worker: BatchWorker;
  readonly clock: Clock;
  readonly trace: Trace;
  /** How many batches are worked on at once, at most. */
  readonly concurrency: number;
  /** Is told what keeps the poller from the queue; and undefined when nothing does any more. */
  readonly onProblem: (reason: string | undefined) => void;
};

/** The maximum number of messages of one receive. */
const largestReceive = 10;

/** How long a poller that is kept from its queue waits before it tries again, in milliseconds. */
const problemPause = 10_000;

/**
 * Reads a queue for a function. It waits to be told of messages: while there are none it does nothing.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export class Poller {
  readonly #options: PollerOptions;
  readonly #concurrency: Concurrency;
  readonly #collector: BatchCollector;
  readonly #filter: MessageFilter;
  /** Closed batches that wait for their turn; those of one entry are worked on one after the other. */
  readonly #waiting: Batch[][] = [];
  #working = 0;
  #problem: string | undefined;
  #unwatch: (() => void) | undefined;
  #cancelWindow: Cancel | undefined;
  #cancelRetry: Cancel | undefined;

  constructor(options: PollerOptions) {
    const { batchSize, filters } = options.mapping;
    this.#options = options;
    this.#concurrency = new Concurrency(options.concurrency);
    this.#collector = new BatchCollector({ mostMessages: batchSize, mostBytes: largestEvent });
    this.#filter = compileFilters(filters);
  }

  start(): void {
    this.#watching(() => {
      this.#options.queue.check();
      this.#unwatch = this.#options.queue.watch(() => this.#poll());
      this.#reportProblem(undefined);
    });
  }

  /** Batches at work finish. Messages that wait for their batch come back to the queue by themselves. */
  stop(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#cancelWindow?.();
    this.#cancelWindow = undefined;
    this.#cancelRetry?.();
    this.#collector.close();
    this.#waiting.length = 0;
  }

  /** Receives while there are messages and free workers. */
  #poll(): void {
    this.#startWork();
    while (this.#hasRoom() && this.#receive()) this.#startWork();
  }

  /** Batches that wait for their turn leave no room: with one of them, as many as may be are at work. */
  #hasRoom(): boolean {
    return this.#unwatch !== undefined && this.#working < this.#concurrency.limit;
  }

  /** @returns whether there were messages */
  #receive(): boolean {
    const wanted = this.#options.mapping.batchSize - this.#collector.size;
    const receipt = this.#watching(() =>
      this.#options.queue.receive(Math.min(wanted, largestReceive)),
    );
    if (receipt === undefined || receipt.messages.length === 0) return false;
    this.#gather(receipt);
    return true;
  }

  #gather({ messages, visibilitySeconds }: Receipt): void {
    const { queueArn, windowSeconds } = this.#options.mapping;
    const visibleAt = this.#options.clock.now() + visibilitySeconds * 1000;
    const closed = this.#filtered(messages).flatMap(
      (message) =>
        this.#collector.add(message, sqsRecord(message, queueArn, windowSeconds > 0), visibleAt) ??
        [],
    );
    if (windowSeconds > 0) {
      this.#waiting.push(...closed.map((batch) => [batch]));
      this.#openWindow(closed.length > 0);
      return;
    }
    // What came in one receive, and is too large for one event, keeps its order.
    const last = this.#collector.close();
    const all = last ? [...closed, last] : closed;
    if (all.length > 0) this.#waiting.push(all);
  }

  /** Messages that match none of the mapping's filters are deleted unseen. */
  #filtered(messages: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
    const unwanted = messages.filter(({ body }) => !this.#filter(body));
    if (unwanted.length === 0) return messages;
    const { queue, trace, mapping } = this.#options;
    const kept = queue.delete(unwanted);
    for (const { event, messageId } of unwanted) {
      const back = kept.has(messageId) ? `, but it will come back: ${kept.get(messageId)}` : "";
      const reason = `no filter of the event source mapping matches${back}`;
      trace.record(event, mapping.queueArn, mapping.functionArn, { kind: "filtered", reason });
    }
    return messages.filter((message) => !unwanted.includes(message));
  }

  /** The window of a batch starts with its first message. */
  #openWindow(anew: boolean): void {
    if (anew) this.#cancelWindow?.();
    if (anew) this.#cancelWindow = undefined;
    if (this.#collector.size === 0 || this.#cancelWindow) return;
    const { clock, mapping } = this.#options;
    this.#cancelWindow = clock.at(clock.now() + mapping.windowSeconds * 1000, () => {
      this.#cancelWindow = undefined;
      const batch = this.#collector.close();
      if (batch) this.#waiting.push([batch]);
      this.#poll();
    });
  }

  #startWork(): void {
    while (this.#working < this.#concurrency.limit) {
      const batches = this.#waiting.shift();
      if (batches === undefined) return;
      void this.#work(batches);
    }
  }

  async #work(batches: readonly Batch[]): Promise<void> {
    this.#working++;
    for (const batch of batches) {
      const outcome = await this.#options.worker.work(batch);
      this.#adapt(outcome);
      // The next batch may go on with a group of messages that has just failed.
      if (outcome !== "succeeded") break;
    }
    this.#working--;
    this.#poll();
  }

  #adapt(outcome: BatchOutcome): void {
    const { reportBatchItemFailures } = this.#options.mapping;
    if (outcome === "throttled" || (outcome === "failed" && !reportBatchItemFailures)) {
      this.#concurrency.reduce();
    } else {
      this.#concurrency.restore();
    }
  }

  /** Does something with the queue. When that is refused, everything stops for a while. */
  #watching<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { clock } = this.#options;
      this.stop();
      this.#cancelRetry = clock.at(clock.now() + problemPause, () => this.start());
      this.#reportProblem(error);
      return undefined;
    }
  }

  #reportProblem(error: AwsError | undefined): void {
    const { onProblem, trace, mapping } = this.#options;
    if (error?.message === this.#problem) return;
    this.#problem = error?.message;
    onProblem(error?.message);
    if (error?.code !== "AccessDenied") return;
    const step = { kind: "denied", reason: error.message } as const;
    trace.record(mapping.uuid, mapping.queueArn, mapping.functionArn, step);
  }
}
