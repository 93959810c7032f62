import type { Hop } from "../hop.ts";
import { EventSpans } from "./eventSpans.ts";
import type { Span } from "./span.ts";

/** The spans of an event. */
export type EventTrace = {
  readonly traceId: string;
  /** By their start. */
  readonly spans: readonly Span[];
};

/** @param hops of one event, in their order; not empty */
export function traceOfEvent(hops: readonly [Hop, ...Hop[]]): EventTrace {
  const event = new EventSpans(hops[0]);
  const ended = hops.flatMap((hop) => event.add(hop));
  const spans = [...ended, ...event.open()].sort((a, b) => a.start - b.start);
  return { traceId: event.traceId, spans };
}

/** Events whose later hops still find their spans. */
const mostEvents = 1000;

/** The spans of all events, as they end. */
export class TraceSpans {
  readonly #events = new Map<string, EventSpans>();

  /** @returns the spans that ended with this hop */
  add(hop: Hop): Span[] {
    const known = this.#events.get(hop.event);
    const event = known ?? new EventSpans(hop);
    if (known === undefined) {
      this.#events.set(hop.event, event);
      const [oldest] = this.#events.keys();
      if (this.#events.size > mostEvents && oldest !== undefined) this.#events.delete(oldest);
    }
    return event.add(hop);
  }
}
