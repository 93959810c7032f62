import { parseArn } from "../../../../aws/arn.ts";
import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { EventBusTarget } from "../../events/interface.ts";
import type { ObjectWriter } from "../../s3/interface.ts";
import { thrownError } from "../failures/handlerError.ts";
import { qualifiedArn } from "../functionArn.ts";
import type { InvocationResult } from "../interface.ts";
import { storeRecord } from "./bucketDestination.ts";
import { type DestinationServices, sendToDestination } from "./destinations.ts";
import type { PendingEvent } from "./pendingEvents.ts";
import { type ConcludedEvent, deadLetterAttributes, destinationRecord } from "./records.ts";
import { putResultEvent } from "./resultEvents.ts";

/** Where the records of a function's asynchronous invocations go. */
export type Targets = {
  /** The role that must be allowed to send them. */
  readonly roleArn: string;
  readonly deadLetterTargetArn?: string;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
};

export type ConclusionsOptions = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly destinations: DestinationServices;
  /** The event buses that results are put on. */
  readonly buses: () => EventBusTarget;
  /** The buckets that records of failures are stored in. */
  readonly objects: () => ObjectWriter;
};

/** Tells the trace and the function's destinations how events ended. */
export class Conclusions {
  readonly #clock: Clock;
  readonly #trace: Trace;
  readonly #destinations: DestinationServices;
  readonly #buses: () => EventBusTarget;
  readonly #objects: () => ObjectWriter;

  constructor(options: ConclusionsOptions) {
    this.#clock = options.clock;
    this.#trace = options.trace;
    this.#destinations = options.destinations;
    this.#buses = options.buses;
    this.#objects = options.objects;
  }

  /** Records what came of one attempt. */
  attempted(pending: PendingEvent, result: InvocationResult): void {
    const { event, from, functionArn } = pending;
    this.#trace.record(event, from, functionArn, attemptStep(result));
  }

  /** Records that an event is lost. */
  drop(pending: PendingEvent, reason: string): void {
    const { event, functionArn } = pending;
    this.#trace.record(event, functionArn, functionArn, { kind: "dropped", reason });
  }

  /** Sends the event's records to where the function wants them. */
  conclude(event: ConcludedEvent, targets: Targets): void {
    const record = () => ({ body: destinationRecord(event, this.#clock.now()) });
    if (event.condition === "Success") {
      if (targets.onSuccessArn) this.#send(event, targets, targets.onSuccessArn, record());
      return;
    }
    const { onFailureArn, deadLetterTargetArn } = targets;
    if (onFailureArn) this.#deadLetter(event, targets, onFailureArn, record());
    if (deadLetterTargetArn) {
      const letter = { body: event.payload, attributes: deadLetterAttributes(event) };
      this.#deadLetter(event, targets, deadLetterTargetArn, letter);
    }
    if (!onFailureArn && !deadLetterTargetArn) {
      this.drop(event, `${event.condition}, and the function has no destination for failures`);
    }
  }

  #deadLetter(event: ConcludedEvent, targets: Targets, targetArn: string, letter: Letter): void {
    const messageId = this.#send(event, targets, targetArn, letter);
    if (messageId === undefined) return;
    const step = { kind: "deadLettered", messageId, reason: event.condition } as const;
    this.#trace.record(event.event, event.functionArn, targetArn, step);
  }

  /** @returns the message's id or the object's key, or undefined when the target did not take it: the record is lost */
  #send(event: ConcludedEvent, { roleArn }: Targets, targetArn: string, letter: Letter) {
    const origin = { event: event.event, from: event.functionArn };
    try {
      if (parseArn(targetArn)?.service === "events") {
        const bus = { arn: targetArn, publisher: this.#buses() };
        const { authorize } = this.#destinations;
        return putResultEvent(bus, authorize, roleArn, event, this.#clock.now());
      }
      if (parseArn(targetArn)?.service === "s3") {
        const { authorize } = this.#destinations;
        const services = { authorize, clock: this.#clock, objects: this.#objects };
        const folder = `async/${nameIn(event.functionArn)}`;
        return storeRecord(services, targetArn, { folder, body: letter.body, roleArn });
      }
      return sendToDestination(this.#destinations, targetArn, { ...letter, roleArn, origin });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const kind = error.status === 403 ? "denied" : "dropped";
      this.#trace.record(event.event, event.functionArn, targetArn, {
        kind,
        reason: error.message,
      });
      return undefined;
    }
  }
}

type Letter = { readonly body: string; readonly attributes?: MessageAttributes };

function nameIn(functionArn: string): string {
  const { arn } = qualifiedArn(functionArn);
  return arn.slice(arn.lastIndexOf(":") + 1);
}

function attemptStep(result: InvocationResult): Step {
  const { requestId, outcome } = result;
  if (outcome === "succeeded")
    return { kind: "handled", requestId, milliseconds: result.milliseconds };
  const failure =
    outcome === "failed" ? thrownError(result.error, result.log) : { reason: "throttled" };
  return { kind: "failed", requestId, ...failure };
}
