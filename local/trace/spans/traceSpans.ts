import type { Hop } from "../hop.ts";
import { EventSpans, type Parent } from "./eventSpans.ts";
import type { Span } from "./span.ts";
import { spanIdOf, traceIdOf, traceOfCaller } from "./spanIds.ts";

/** A trace, of one event or of several. */
export type EventTrace = {
  readonly traceId: string;
  /** By their start. */
  readonly spans: readonly Span[];
};

/**
 * The trace of an event, with the events that its functions caused, and that which caused it.
 *
 * @param hops of all events, in their order
 * @returns undefined for an event without a hop
 */
export function traceOfEvent(hops: readonly Hop[], event: string): EventTrace | undefined {
  const all = new TraceSpans(Number.POSITIVE_INFINITY);
  const ended = hops.flatMap((hop) => all.add(hop));
  const traceId = all.traceOf(event);
  if (traceId === undefined) return undefined;
  const spans = [...ended, ...all.open()].filter((span) => span.traceId === traceId);
  return { traceId, spans: spans.sort((a, b) => a.start - b.start) };
}

/** The spans of all events, as they end. An event that a function caused belongs to the trace of its invocation. */
export class TraceSpans {
  readonly #events: Recently<EventSpans>;
  /** By the trace id that Lambda gives to an invocation; for a batch, that of its last message. */
  readonly #invocations: Recently<Parent>;

  /** @param most events, and invocations, whose later hops still find their spans */
  constructor(most = 1000) {
    this.#events = new Recently(most);
    this.#invocations = new Recently(most);
  }

  /** @returns the spans that ended with this hop */
  add(hop: Hop): Span[] {
    const event =
      this.#events.get(hop.event) ??
      this.#events.add(hop.event, new EventSpans(this.#parentOf(hop)));
    if (hop.kind === "invoked") {
      const parent = { traceId: event.traceId, spanId: spanIdOf(hop) };
      this.#invocations.add(traceIdOf(hop.requestId), parent);
    }
    return event.add(hop);
  }

  traceOf(event: string): string | undefined {
    return this.#events.get(event)?.traceId;
  }

  /** Those that last. */
  open(): Span[] {
    return this.#events.all().flatMap((event) => event.open());
  }

  #parentOf(first: Hop): Parent {
    const caller = traceOfCaller(first);
    if (caller === undefined) return this.#causeOf(first) ?? { traceId: traceIdOf(first.event) };
    const { traceId, parentId: spanId } = caller;
    return this.#invocations.get(traceId) ?? { traceId, spanId };
  }

  /** The attempt that brought an event in: an object or a mail carries no trace. For a batch, that of its last message. */
  #causeOf({ causes = [], worker }: Hop): Parent | undefined {
    const cause = this.#events.get(causes.at(-1) ?? "");
    if (cause === undefined) return undefined;
    const spanId = worker === undefined ? undefined : cause.latestAt(worker);
    return { traceId: cause.traceId, ...(spanId !== undefined && { spanId }) };
  }
}

/** The latest of many, by a key. */
class Recently<Value> {
  readonly #most: number;
  readonly #values = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  add(key: string, value: Value): Value {
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }

  all(): Value[] {
    return [...this.#values.values()];
  }
}
