import type { Span } from "../../trace/spans/span.ts";

/** A span with those below it, and its place on the time axis, in percent. */
export type WaterfallRow = {
  readonly span: Span;
  readonly left: number;
  readonly width: number;
  readonly below: readonly WaterfallRow[];
};

/** A mark on the time axis. */
export type Tick = {
  /** In percent. */
  readonly left: number;
  /** After the start, in milliseconds. */
  readonly time: number;
};

export type Waterfall = {
  /** Cloud time in milliseconds since 1970. */
  readonly start: number;
  readonly rows: readonly WaterfallRow[];
  readonly ticks: readonly Tick[];
};

/**
 * Lays out the spans of a trace on a time axis, each below the one that caused it. Further waits of a message in
 * the same queue stand beside its first one, so that retries read as a list.
 *
 * @param now cloud time, until which spans without an end last
 */
export function waterfallOf(spans: readonly Span[], now: number): Waterfall {
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => endOf(span, now)));
  // What takes no time at all still needs an axis.
  const length = Math.max(end - start, 1);
  const percent = (time: number) => (100 * time) / length;
  const below = Map.groupBy(spans, placeAmong(spans));
  const row = (span: Span): WaterfallRow => ({
    span,
    left: percent(span.start - start),
    width: percent(endOf(span, now) - span.start),
    below: besideAlike(below.get(span.spanId) ?? []).map(row),
  });
  return {
    start,
    rows: besideAlike(below.get(undefined) ?? []).map(row),
    ticks: tickTimes(length).map((time) => ({ time, left: percent(time) })),
  };
}

/** @param now for a span that still lasts */
function endOf({ start, end }: Span, now: number): number {
  return end ?? Math.max(start, now);
}

/** Says below which span each one stands; a parent outside the trace is none. */
function placeAmong(spans: readonly Span[]): (span: Span) => string | undefined {
  const known = new Map(spans.map((span) => [span.spanId, span]));
  return function place({ name, parentSpanId = "" }: Span): string | undefined {
    const parent = known.get(parentSpanId);
    return parent?.name === name ? place(parent) : parent?.spanId;
  };
}

/** By their start, but those of one name together. */
function besideAlike(spans: readonly Span[]): Span[] {
  return [...Map.groupBy(spans, ({ name }) => name).values()].flat();
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** What people count in, in milliseconds. */
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * minute),
  ...[1, 2, 6, 12, 24, 48, 168].map((hours) => hours * hour),
];

const mostTicks = 5;

function tickTimes(length: number): number[] {
  const step = steps.find((each) => length / each < mostTicks) ?? length / (mostTicks - 1);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
}
