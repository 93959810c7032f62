import { randomUUID } from "node:crypto";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { ReceivedMessage } from "../../sqs/interface.ts";
import { reportedError, thrownError } from "../failures/handlerError.ts";
import type { InvocationResult, Invoker } from "../interface.ts";
import type { Batch } from "./batchCollector.ts";
import { readBatchResponse } from "./batchResponse.ts";
import type { EventSourceMapping } from "./eventSourceMapping.ts";
import type { MappedQueue } from "./mappedQueue.ts";
import { sqsEvent } from "./sqsEvent.ts";

/** What came of a batch: all its messages are dealt with, some are, or none. */
export type BatchOutcome = "succeeded" | "partly" | "failed" | "throttled";

export type BatchWorkerOptions = {
  readonly mapping: EventSourceMapping;
  readonly queue: MappedQueue;
  readonly functions: Invoker;
  readonly clock: Clock;
  readonly trace: Trace;
  /** Ends the tries of throttled batches: the mapping has been disabled, changed or deleted. */
  readonly retired: AbortSignal;
  /** From then on nothing is done to the queue any more. */
  readonly closing: AbortSignal;
};

/** The pauses between the tries of a throttled batch, in milliseconds: they double. */
const firstPause = 1000;
const longestPause = 20_000;

/**
 * Brings batches to the function, and deletes from the queue what the function has dealt with. To what
 * failed nothing is done: it comes back when the queue's visibility timeout ends.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class BatchWorker {
  readonly #options: BatchWorkerOptions;

  constructor(options: BatchWorkerOptions) {
    this.#options = options;
  }

  async work(batch: Batch): Promise<BatchOutcome> {
    const requestId = randomUUID();
    const result = await this.#invoke(batch, requestId);
    // The queue may be closed by now as well: the messages are left to the next run of the cloud.
    if (this.#options.closing.aborted) return "failed";
    if (result.outcome === "succeeded") return this.#settle(batch, result);
    const failure =
      result.outcome === "failed" ? thrownError(result.error, result.log) : { reason: "throttled" };
    this.#record(batch.messages, { kind: "failed", requestId, ...failure });
    return result.outcome;
  }

  /** A throttled batch is tried again for as long as its messages are hidden from others. */
  async #invoke(batch: Batch, requestId: string): Promise<InvocationResult> {
    const { clock, retired } = this.#options;
    for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
      const result = await this.#invokeOnce(batch, requestId);
      const at = clock.now() + pause;
      const over = retired.aborted || at >= batch.visibleAt;
      if (result.outcome !== "throttled" || over) return result;
      this.#record(batch.messages, { kind: "retrying", reason: "throttled", at });
      await new Promise<void>((resolve) => clock.at(at, resolve));
      if (retired.aborted) return result;
    }
  }

  async #invokeOnce(batch: Batch, requestId: string): Promise<InvocationResult> {
    const { functions, mapping } = this.#options;
    const { messages, records } = batch;
    try {
      return await functions.invoke(mapping.functionArn, sqsEvent(records), {
        requestId,
        onStart: () =>
          this.#record(messages, { kind: "invoked", requestId, batchSize: messages.length }),
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const failure = { errorType: error.code, errorMessage: error.message };
      return { outcome: "failed", requestId, error: failure, log: "", milliseconds: 0 };
    }
  }

  #settle(
    { messages }: Batch,
    { payload, requestId, milliseconds, log }: InvocationResult & { outcome: "succeeded" },
  ): BatchOutcome {
    const ids = messages.map(({ messageId }) => messageId);
    const verdict = this.#options.mapping.reportBatchItemFailures
      ? readBatchResponse(payload, ids)
      : ({ kind: "reported", failed: new Set<string>() } as const);
    if (verdict.kind === "malformed") {
      this.#record(messages, { kind: "failed", requestId, reason: verdict.reason });
      return "failed";
    }
    const failed = messages.filter(({ messageId }) => verdict.failed.has(messageId));
    const handled = messages.filter(({ messageId }) => !verdict.failed.has(messageId));
    for (const message of failed) {
      const error = reportedError(log, message.messageId, messages.length === 1);
      this.#record([message], { kind: "failed", requestId, ...error });
    }
    this.#record(handled, { kind: "handled", requestId, milliseconds });
    this.#deleteAll(handled, requestId);
    return failed.length === 0 ? "succeeded" : "partly";
  }

  #deleteAll(handled: readonly ReceivedMessage[], requestId: string): void {
    const kept = this.#options.queue.delete(handled);
    for (const message of handled) {
      const reason = kept.get(message.messageId);
      if (reason === undefined) continue;
      const failure = `it was handled but not deleted, and will come back: ${reason}`;
      this.#record([message], { kind: "failed", requestId, reason: failure });
    }
  }

  #record(messages: readonly ReceivedMessage[], step: Step): void {
    const { trace, mapping } = this.#options;
    for (const { event } of messages)
      trace.record(event, mapping.queueArn, mapping.functionArn, step);
  }
}
