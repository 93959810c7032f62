import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Cancel, Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { EventBusTarget } from "../../events/interface.ts";
import type { ObjectWriter } from "../../s3/interface.ts";
import type { InvocationFaults } from "../faults/invocationFaults.ts";
import type { InvocationResult, Invoker, Origin } from "../interface.ts";
import { Conclusions, type Targets } from "./conclusions.ts";
import type { DestinationServices } from "./destinations.ts";
import { type PendingEvent, PendingEvents } from "./pendingEvents.ts";
import { afterFailure, afterThrottle, type NextStep, type RetryLimits } from "./retry.ts";

export type AsynchronousOptions = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly invoker: Invoker;
  readonly faults: InvocationFaults;
  /** False for a function whose events wait until it is replaced by one that runs here. */
  readonly runsHere: (functionArn: string) => boolean;
  /** How a function wants its events to be treated; undefined when it has been deleted. */
  readonly settings: (functionArn: string) => (RetryLimits & Targets) | undefined;
  readonly destinations: DestinationServices;
  /** The event buses that results are put on. */
  readonly buses: () => EventBusTarget;
  /** The buckets that records of failures are stored in. */
  readonly objects: () => ObjectWriter;
};

/**
 * Lambda's asynchronous invocation: events are accepted at once, and worked on, retried and given up
 * behind the caller's back.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
 */
export class AsynchronousInvocations {
  readonly #options: AsynchronousOptions;
  readonly #pending: PendingEvents;
  readonly #conclusions: Conclusions;
  readonly #retries = new Map<string, Cancel>();
  /** Request ids of the events that this run works on, or will when they are due. */
  readonly #taken = new Set<string>();
  /** Events of paused functions. */
  #held: PendingEvent[] = [];
  #closed = false;

  constructor(options: AsynchronousOptions) {
    this.#options = options;
    this.#pending = new PendingEvents(options.store);
    this.#conclusions = new Conclusions(options);
    options.faults.onChange(() => this.#attemptHeld());
  }

  /** Takes an event in. Returns the id of the request, which all its attempts share. */
  accept(functionArn: string, payload: string, origin: Origin): string {
    const requestId = randomUUID();
    const now = this.#options.clock.now();
    const pending: PendingEvent = {
      requestId,
      functionArn,
      payload,
      event: origin.event ?? requestId,
      from: origin.from,
      acceptedAt: now,
      due: now,
      invocations: 0,
      throttles: 0,
    };
    this.#pending.add(pending);
    this.#taken.add(requestId);
    queueMicrotask(() => this.#attempt(pending));
    return requestId;
  }

  /** Goes on with the events that an earlier run of the cloud left behind, or an image that does not run here. */
  resume(functionArn: string): void {
    for (const pending of this.#pending.of(functionArn)) {
      if (this.#taken.has(pending.requestId)) continue;
      this.#taken.add(pending.requestId);
      this.#schedule(pending);
    }
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#retries.values()) cancel();
  }

  #schedule(pending: PendingEvent): void {
    const cancel = this.#options.clock.at(pending.due, () => {
      this.#retries.delete(pending.requestId);
      void this.#attempt(pending);
    });
    this.#retries.set(pending.requestId, cancel);
  }

  #attemptHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const pending of held) void this.#attempt(pending);
  }

  async #attempt(pending: PendingEvent): Promise<void> {
    if (this.#closed) return;
    const { requestId, functionArn, payload, event, from } = pending;
    if (this.#options.faults.isPaused(functionArn)) {
      this.#held.push(pending);
      return;
    }
    if (this.#options.settings(functionArn) === undefined) {
      this.#abandon(pending);
      return;
    }
    if (!this.#options.runsHere(functionArn)) {
      this.#taken.delete(requestId);
      return;
    }
    const result = await this.#options.invoker.invoke(functionArn, payload, {
      requestId,
      onStart: () => {
        const step = { kind: "invoked", requestId, batchSize: 1 } as const;
        this.#options.trace.record(event, from, functionArn, step);
      },
    });
    // A run that is closing ends its environments: the event is tried again in the next one.
    if (!this.#closed) this.#goOn(pending, result);
  }

  #goOn(before: PendingEvent, result: InvocationResult): void {
    const settings = this.#options.settings(before.functionArn);
    if (settings === undefined) {
      this.#abandon(before);
      return;
    }
    const pending = counted(before, result);
    const next = nextStep(pending, result, settings, this.#options.clock.now());
    this.#conclusions.attempted(pending, result);
    if (next?.kind === "retry") {
      const retry = { ...pending, due: next.at };
      this.#pending.update(retry);
      this.#schedule(retry);
      return;
    }
    this.#remove(pending);
    const condition = next?.condition ?? "Success";
    this.#conclusions.conclude({ ...pending, condition, result }, settings);
  }

  #abandon(pending: PendingEvent): void {
    this.#remove(pending);
    this.#conclusions.drop(pending, "the function was deleted");
  }

  #remove({ requestId }: PendingEvent): void {
    this.#pending.remove(requestId);
    this.#taken.delete(requestId);
  }
}

function counted(pending: PendingEvent, { outcome }: InvocationResult): PendingEvent {
  const { invocations, throttles } = pending;
  return outcome === "throttled"
    ? { ...pending, throttles: throttles + 1 }
    : { ...pending, invocations: invocations + 1, throttles: 0 };
}

function nextStep(
  pending: PendingEvent,
  { outcome }: InvocationResult,
  limits: RetryLimits,
  now: number,
): NextStep | undefined {
  if (outcome === "succeeded") return undefined;
  const after = outcome === "throttled" ? afterThrottle : afterFailure;
  return after(pending, limits, now);
}
