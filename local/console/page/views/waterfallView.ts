import type { Span } from "../../../trace/spans/span.ts";
import { type Child, h } from "../element.ts";
import { linkTo } from "../route.ts";
import { type Waterfall, type WaterfallRow, waterfallOf } from "../waterfall.ts";
import { after, count, duration } from "../words.ts";

/** The most spans that are shown: the earliest. */
const mostSpans = 200;

/**
 * What happened when: each wait, attempt and call as a bar on a time axis. The bars are for the eye; every row says
 * the same in words.
 *
 * @param event whose trace it is; rows of other events link to these
 * @param now cloud time
 */
export function waterfallView(spans: readonly Span[], event: string, now: number): Child {
  if (spans.length === 0) return undefined;
  const shown = spans.slice(0, mostSpans);
  const waterfall = waterfallOf(shown, now);
  const left = spans.length - shown.length;
  return [
    h("h3", {}, "Timeline"),
    h("div.waterfall", {}, axis(waterfall), rows(waterfall.rows, waterfall, event, 0)),
    left > 0 && h("p.quiet", {}, `… ${count(left, "more step")}`),
  ];
}

function axis({ ticks }: Waterfall): HTMLElement {
  return h(
    "div.axis",
    { "aria-hidden": "true" },
    ticks.map(({ left, time }) =>
      h("span.tick", { style: { left: `${left}%` } }, duration(time).replace(".0 ", " ")),
    ),
  );
}

function rows(
  shown: readonly WaterfallRow[],
  waterfall: Waterfall,
  event: string,
  depth: number,
): HTMLElement {
  return h(
    "ol.spans",
    { ...(depth === 0 && { "aria-label": "Timeline" }) },
    shown.map((row) =>
      h(
        "li",
        { "data-key": row.span.spanId },
        rowOf(row, waterfall, event, depth),
        row.below.length > 0 && rows(row.below, waterfall, event, depth + 1),
      ),
    ),
  );
}

function rowOf(
  { span, left, width }: WaterfallRow,
  { start }: Waterfall,
  event: string,
  depth: number,
): HTMLElement {
  const lasts = span.end === undefined;
  const isInstant = span.end === span.start;
  const began = after(span.start - start);
  const time = isInstant ? began : lasts ? "so far" : duration((span.end ?? 0) - span.start);
  return h(
    `div.span.${toneOf(span)}${isInstant ? ".instant" : ""}${lasts ? ".lasting" : ""}`,
    {
      style: { "--depth": String(depth) },
      title: span.error === undefined ? began : `${began}: ${span.error}`,
    },
    h("span.span-name", {}, nameOf(span, event)),
    h(
      "span.track",
      { "aria-hidden": "true" },
      h("span.bar", { style: { left: `${left}%`, width: `${width}%` } }),
    ),
    h("span.span-time", {}, time),
    !isInstant && h("span.unseen", {}, `, began ${began}`),
    span.error !== undefined && h("span.unseen", {}, `, ${span.error}`),
  );
}

function toneOf({ error, kind, name }: Span): string {
  if (error !== undefined) return "bad";
  if (kind === "consumer") return "work";
  return name.startsWith("wait ") ? "wait" : "step";
}

/** A handler's attempt links to its log, what belongs to another event to that one. */
function nameOf({ name, kind, attributes }: Span, event: string): Child {
  const request = attributes["faas.invocation_id"];
  if (kind === "consumer") return h("a", { href: linkTo("invocation", String(request)) }, name);
  const other = String(attributes["fanout.event"] ?? event);
  return other === event ? name : h("a", { href: linkTo("event", other) }, name);
}
