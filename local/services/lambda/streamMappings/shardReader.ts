import { randomUUID } from "node:crypto";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Cancel, Clock } from "../../../time/clock.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import { tableRecord } from "../../dynamodb/interface.ts";
import type { StreamRecord } from "../../kinesis/interface.ts";
import { readBatchResponse } from "../eventSourceMappings/batchResponse.ts";
import { compileFilters, type MessageFilter } from "../eventSourceMappings/filter.ts";
import { type HandlerError, reportedError, thrownError } from "../failures/handlerError.ts";
import type { InvocationResult, Invoker } from "../interface.ts";
import type { GivenUp } from "./failureRecord.ts";
import { streamEvent } from "./streamEvent.ts";
import { type StreamMapping, sourceOf } from "./streamMapping.ts";

export type ShardReaderOptions = {
  readonly mapping: StreamMapping;
  readonly shardId: string;
  /** The sequence number after which it begins. */
  readonly after: string;
  readonly read: (after: string, most: number) => readonly StreamRecord[];
  readonly roleArn: () => string;
  readonly functions: Invoker;
  /** Whether a fault holds records back. */
  readonly isPaused: () => boolean;
  readonly clock: Clock;
  readonly trace: Trace;
  /** Is told of records that were given up. */
  readonly giveUp: (batch: GivenUp) => void;
};

/** The pauses between the tries of a failed batch, in milliseconds: they double. */
const firstPause = 1000;
const longestPause = 60_000;

/** How a try ended: with these records dealt with, counted from the first; the rest is tried again. */
type Outcome = {
  readonly done: number;
  readonly error?: HandlerError;
  /** Whether the function reported the error, and did not fail itself. @default false */
  readonly isReported?: boolean;
  /** Absent where nothing ran. */
  readonly executedVersion?: string | undefined;
};

/**
 * Reads one shard for a function, in order: a batch that fails holds up all that comes after it, until it
 * succeeds, or is given up.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export class ShardReader {
  readonly #options: ShardReaderOptions;
  readonly #filter: MessageFilter;
  #after: string;
  #isWorking = false;
  #isStopped = false;
  #cancel: Cancel | undefined;

  constructor(options: ShardReaderOptions) {
    this.#options = options;
    this.#after = options.after;
    this.#filter = compileFilters(options.mapping.filters, sourceOf(options.mapping.streamArn));
  }

  /** Looks for records; to be called after each new one. */
  poll(): void {
    const { mapping, clock, read, isPaused } = this.#options;
    if (this.#isWorking || this.#isStopped || isPaused()) return;
    const { windowSeconds, batchSize } = mapping;
    const waiting = read(this.#after, batchSize).length;
    if (waiting === 0) return;
    if (waiting === batchSize) {
      this.#cancel?.();
      this.#cancel = undefined;
      return void this.#work();
    }
    // Without a window, too: records that one call puts are one batch.
    this.#cancel ??= clock.at(clock.now() + windowSeconds * 1000, () => {
      this.#cancel = undefined;
      void this.#work();
    });
  }

  get shardId(): string {
    return this.#options.shardId;
  }

  /** The sequence number after which it goes on. */
  get position(): string {
    return this.#after;
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    const { mapping, read, isPaused } = this.#options;
    while (!isPaused()) {
      const records = read(this.#after, mapping.batchSize);
      const last = records.at(-1);
      if (last === undefined || this.#isStopped) break;
      const wanted = records.filter((record) => this.#isWanted(record));
      await this.#deliver(wanted, 0);
      if (this.#isStopped) break;
      this.#after = last.sequenceNumber;
    }
    this.#isWorking = false;
  }

  #isWanted(record: StreamRecord): boolean {
    const { streamArn, filters } = this.#options.mapping;
    if (filters.length === 0) return true;
    const text =
      sourceOf(streamArn) === "dynamodb"
        ? JSON.stringify(tableRecord(record))
        : record.data.toString("utf8");
    return this.#filter(text);
  }

  /** Resolves when each of the records has been dealt with or given up. */
  async #deliver(records: readonly StreamRecord[], earlierAttempts: number): Promise<void> {
    const { giveUp } = this.#options;
    let left = records;
    let pause = firstPause;
    let failure = "the function was not invoked with it";
    for (let attempts = earlierAttempts + 1; this.#goesOn(left); attempts++) {
      const requestId = randomUUID();
      left = this.#withoutExpired(left, { requestId, failure, attempts });
      if (left.length === 0) return;
      const outcome = await this.#try(left, requestId);
      const { done, error, isReported = false, executedVersion } = outcome;
      left = left.slice(done);
      const [first, ...rest] = left;
      if (error === undefined || first === undefined || this.#isStopped) return;
      failure = error.reason;
      if (done > 0) {
        // What is left is a batch of its own, with all of its tries.
        attempts = 0;
        pause = firstPause;
      } else if (this.#isExhausted(attempts)) {
        const condition = "RetryAttemptsExhausted";
        const given = { condition, requestId, failure, isFunctionError: !isReported } as const;
        return giveUp({ records: [first, ...rest], attempts, executedVersion, ...given });
      } else if (this.#bisects(left)) {
        return this.#deliverHalves(left, attempts);
      }
      if (this.#isExpired(first)) continue;
      await this.#wait(left, failure, pause);
      pause = Math.min(2 * pause, longestPause);
    }
  }

  #goesOn(left: readonly StreamRecord[]): boolean {
    return left.length > 0 && !this.#isStopped;
  }

  #bisects(left: readonly StreamRecord[]): boolean {
    return this.#options.mapping.bisectOnError && left.length > 1;
  }

  async #deliverHalves(records: readonly StreamRecord[], attempts: number): Promise<void> {
    const half = Math.ceil(records.length / 2);
    await this.#deliver(records.slice(0, half), attempts);
    return this.#deliver(records.slice(half), attempts);
  }

  #isExhausted(attempts: number): boolean {
    const { maximumRetryAttempts } = this.#options.mapping;
    return maximumRetryAttempts >= 0 && attempts > maximumRetryAttempts;
  }

  async #wait(records: readonly StreamRecord[], reason: string, pause: number): Promise<void> {
    const { clock } = this.#options;
    const at = clock.now() + pause;
    this.#record(records, { kind: "retrying", reason, at });
    await new Promise<void>((resolve) => clock.at(at, resolve));
  }

  /**
   * The records that are young enough for the next invocation. Those before them are given up, also before
   * the first invocation; AWS counts the one that they miss.
   */
  #withoutExpired(
    records: readonly StreamRecord[],
    next: Pick<GivenUp, "requestId" | "failure" | "attempts">,
  ): readonly StreamRecord[] {
    const young = records.findIndex((record) => !this.#isExpired(record));
    const [first, ...rest] = records.slice(0, young < 0 ? records.length : young);
    if (first === undefined) return records;
    const condition = "RecordAgeExceeded";
    this.#options.giveUp({ records: [first, ...rest], condition, isFunctionError: false, ...next });
    return records.slice(1 + rest.length);
  }

  #isExpired({ arrival }: StreamRecord): boolean {
    const { mapping, clock } = this.#options;
    const { maximumRecordAgeSeconds } = mapping;
    return maximumRecordAgeSeconds >= 0 && clock.now() - arrival >= maximumRecordAgeSeconds * 1000;
  }

  async #try(records: readonly StreamRecord[], requestId: string): Promise<Outcome> {
    const result = await this.#invoke(records, requestId);
    if (result instanceof AwsError) return { done: 0, error: { reason: result.message } };
    const outcome = this.#outcomeOf(records, result);
    const { done, error } = outcome;
    const milliseconds = result.outcome === "throttled" ? 0 : result.milliseconds;
    this.#record(records.slice(0, done), { kind: "handled", requestId, milliseconds });
    if (error !== undefined) {
      this.#record(records.slice(done), { kind: "failed", requestId, ...error });
    }
    if (result.outcome === "throttled") return outcome;
    return { ...outcome, executedVersion: result.executedVersion };
  }

  /** @returns the refusal of a function that is gone, while its mapping stays */
  async #invoke(
    records: readonly StreamRecord[],
    requestId: string,
  ): Promise<InvocationResult | AwsError> {
    const { functions, mapping, roleArn } = this.#options;
    try {
      const event = streamEvent(records, mapping.streamArn, roleArn());
      return await functions.invoke(mapping.functionArn, event, {
        requestId,
        onStart: () =>
          this.#record(records, { kind: "invoked", requestId, batchSize: records.length }),
      });
    } catch (error) {
      if (error instanceof AwsError) return error;
      throw error;
    }
  }

  /** Of a partial response the first record that failed counts: all from it on come again. */
  #outcomeOf(records: readonly StreamRecord[], result: InvocationResult): Outcome {
    if (result.outcome === "throttled") return { done: 0, error: { reason: "throttled" } };
    if (result.outcome === "failed") {
      return { done: 0, error: thrownError(result.error, result.log) };
    }
    if (!this.#options.mapping.reportBatchItemFailures) return { done: records.length };
    const numbers = records.map(({ sequenceNumber }) => sequenceNumber);
    const verdict = readBatchResponse(result.payload, numbers);
    if (verdict.kind === "malformed") {
      return { done: 0, error: { reason: verdict.reason }, isReported: true };
    }
    const first = numbers.findIndex((each) => verdict.failed.has(each));
    if (first < 0) return { done: records.length };
    const isAlone = records.length === 1;
    const error = reportedError(result.log, numbers[first] ?? "", isAlone);
    return { done: first, error, isReported: true };
  }

  #record(records: readonly StreamRecord[], step: Step): void {
    const { trace, mapping } = this.#options;
    for (const { sequenceNumber } of records) {
      trace.record(sequenceNumber, mapping.streamArn, mapping.functionArn, step);
    }
  }
}
