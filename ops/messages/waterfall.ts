import { table } from "../output.ts";
import type { TracedSpan } from "../stack/eventTrace.ts";

/** The characters of the longest bar. */
const width = 40;

/** Spans as lines: each below what caused it, with a bar at its time, its duration, and why it failed. */
export function waterfall(spans: readonly TracedSpan[]): string[] {
  const begin = Math.min(...spans.map(({ start }) => start));
  const end = Math.max(...spans.map((span) => span.end ?? span.start));
  const scale = width / Math.max(1, end - begin);
  const rows = inTree(spans).map(({ span, depth }) => [
    `${"  ".repeat(depth)}${span.name}`,
    barOf(span, begin, scale),
    span.end === undefined ? "..." : `${span.end - span.start} ms`,
    span.error ?? "",
  ]);
  return table(rows, new Set([2]));
}

function barOf({ start, end = start }: TracedSpan, begin: number, scale: number): string {
  const offset = Math.min(width - 1, Math.floor((start - begin) * scale));
  const length = Math.max(1, Math.min(width - offset, Math.round((end - start) * scale)));
  return `${" ".repeat(offset)}${"█".repeat(length)}`.padEnd(width);
}

type Row = { readonly span: TracedSpan; readonly depth: number };

/** A span whose parent is not known, such as the publisher's own, is at the top. */
function inTree(spans: readonly TracedSpan[]): Row[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const parentOf = ({ parentSpanId }: TracedSpan) =>
    parentSpanId !== undefined && known.has(parentSpanId) ? parentSpanId : undefined;
  const byParent = Map.groupBy(spans, parentOf);
  const below = (parent: string | undefined, depth: number): Row[] =>
    (byParent.get(parent) ?? []).flatMap((span) => [
      { span, depth },
      ...below(span.spanId, depth + 1),
    ]);
  return below(undefined, 0);
}
