import { arnParts } from "../../../aws/arn.ts";
import type { Hop } from "../hop.ts";
import { shortName } from "../shortName.ts";
import type { Span } from "./span.ts";
import { spanIdOf } from "./spanIds.ts";

/** What caused an event: its trace, and its span unless the event begins the trace. */
export type Parent = { readonly traceId: string; readonly spanId?: string };

/**
 * The spans of one event, from its hops in their order: one for the publish, for each wait in a queue, and for each
 * attempt of a function; and one without a duration for what else happened, such as a filter that did not match.
 */
export class EventSpans {
  readonly traceId: string;
  /** The latest span of a place, by its ARN: the parent of what comes from there. */
  readonly #latest = new Map<string, string>();
  readonly #waiting = new Map<string, Span>();
  readonly #running = new Map<string, Span>();
  readonly #parent: Parent;

  constructor(parent: Parent) {
    this.traceId = parent.traceId;
    this.#parent = parent;
  }

  /** @returns the spans that ended with this hop */
  add(hop: Hop): Span[] {
    switch (hop.kind) {
      case "queued":
        return this.#wait(hop, hop.to);
      case "received":
        return this.#endWait(hop.from, hop.time);
      case "invoked":
        return this.#begin(hop, hop.requestId);
      case "handled":
        return this.#end(hop, hop.requestId);
      case "failed":
        return [...this.#end(hop, hop.requestId, hop.reason), ...this.#waitAgain(hop)];
      case "deadLettered":
        return [...this.#endWait(hop.from, hop.time), this.#instant(hop)];
      default:
        return [this.#instant(hop)];
    }
  }

  /** The latest span of a place: of a function, its latest attempt. */
  latestAt(arn: string): string | undefined {
    return this.#latest.get(arn);
  }

  /** Those that last. */
  open(): Span[] {
    return [...this.#waiting.values(), ...this.#running.values()];
  }

  #wait(hop: Hop, queue: string): Span[] {
    const span = this.#span(hop, {
      ...{ name: `wait in ${shortName(queue)}`, kind: "internal", service: shortName(queue) },
      attributes: attributesOf(hop),
    });
    const ended = this.#endWait(queue, hop.time);
    this.#waiting.set(queue, span);
    this.#latest.set(queue, span.spanId);
    return ended;
  }

  /** A message that failed waits for its visibility timeout. What SNS invoked directly has no queue. */
  #waitAgain(hop: Hop): Span[] {
    return isQueue(hop.from) ? this.#wait(hop, hop.from) : [];
  }

  #endWait(queue: string, time: number): Span[] {
    const span = this.#waiting.get(queue);
    if (span === undefined) return [];
    this.#waiting.delete(queue);
    return [{ ...span, end: time }];
  }

  #begin(hop: Hop, requestId: string): Span[] {
    const service = shortName(hop.to);
    const span = this.#span(hop, {
      ...{ name: `process ${service}`, kind: "consumer", service },
      attributes: attributesOf(hop),
    });
    this.#running.set(requestId, span);
    this.#latest.set(hop.to, span.spanId);
    return this.#endWait(hop.from, hop.time);
  }

  #end(hop: Hop, requestId: string, error?: string): Span[] {
    const span = this.#running.get(requestId);
    if (span === undefined) return [];
    this.#running.delete(requestId);
    return [{ ...span, end: hop.time, ...(error !== undefined && { error }) }];
  }

  #instant(hop: Hop): Span {
    const service = shortName(hop.to);
    const span = this.#span(hop, {
      ...{ name: `${nameOf(hop)} ${service}`, service },
      kind: hop.kind === "published" || hop.kind === "stored" ? "producer" : "internal",
      attributes: attributesOf(hop),
    });
    if (hop.kind === "published" || hop.kind === "stored" || hop.kind === "deadLettered") {
      this.#latest.set(hop.to, span.spanId);
    }
    const error = errorOf(hop);
    return { ...span, end: hop.time, ...(error !== undefined && { error }) };
  }

  #span(hop: Hop, described: Pick<Span, "name" | "kind" | "service" | "attributes">): Span {
    const parent = this.#latest.get(hop.from) ?? this.#parent.spanId;
    return {
      traceId: this.traceId,
      spanId: spanIdOf(hop),
      ...(parent !== undefined && { parentSpanId: parent }),
      ...described,
      start: hop.time,
    };
  }
}

function isQueue(arn: string): boolean {
  return arnParts(arn).service === "sqs";
}

function nameOf(hop: Hop): string {
  switch (hop.kind) {
    case "published":
      return "publish";
    case "stored":
      return hop.eventName;
    case "deadLettered":
      return "dead letter";
    default:
      return hop.kind;
  }
}

function errorOf(hop: Hop): string | undefined {
  switch (hop.kind) {
    case "denied":
    case "refused":
    case "dropped":
    case "deadLettered":
    case "retrying":
      return hop.reason;
    default:
      return undefined;
  }
}

/** https://opentelemetry.io/docs/specs/semconv/registry/attributes/messaging/ */
function attributesOf(hop: Hop): Span["attributes"] {
  return {
    "fanout.event": hop.event,
    "fanout.step": hop.kind,
    "messaging.destination.name": shortName(hop.to),
    ...("messageId" in hop && { "messaging.message.id": hop.messageId }),
    ...("requestId" in hop && { "faas.invocation_id": hop.requestId }),
    ...(hop.kind === "filtered" && { "fanout.reason": hop.reason }),
    ...(hop.kind === "stored" && { "aws.s3.key": hop.key }),
    ...(hop.kind === "invoked" && { "messaging.batch.message_count": hop.batchSize }),
  };
}
