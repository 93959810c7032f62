import * as v from "valibot";
import { OpsError, UsageError } from "../errors.ts";
import { readLocalApi } from "./localApi.ts";
import type { Stack } from "./stack.ts";

const span = v.object({
  spanId: v.string(),
  parentSpanId: v.optional(v.string()),
  name: v.string(),
  start: v.number(),
  end: v.optional(v.number()),
  error: v.optional(v.string()),
});

const eventTrace = v.object({ traceId: v.optional(v.string()), spans: v.array(span) });

export type TracedSpan = v.InferOutput<typeof span>;
export type EventTrace = v.InferOutput<typeof eventTrace>;

/**
 * Reads the trace of an event from the local run, whose API is that of the console.
 *
 * @param event its id, or the first eight letters of it or more
 * @throws UsageError for a deployed stack, whose traces are in X-Ray
 */
export async function readEventTrace({ localUrl }: Stack, event: string): Promise<EventTrace> {
  if (localUrl === undefined) {
    throw new UsageError(
      "traces of a deployed stack are in X-Ray; this shows those of the local run",
    );
  }
  const trace = await traceOf(localUrl, event);
  if (trace.spans.length > 0) return trace;
  const [id, ...others] = await idsBeginningWith(localUrl, event);
  if (id === undefined) {
    throw new OpsError(
      `there is no event "${event}"; publish, tail and failures print the ids of events`,
    );
  }
  if (others.length > 0) {
    throw new UsageError(`"${event}" may be any of ${[id, ...others].join(", ")}`);
  }
  return traceOf(localUrl, id);
}

function traceOf(localUrl: string, id: string): Promise<EventTrace> {
  return readLocalApi(localUrl, `trace?${new URLSearchParams({ id })}`, eventTrace);
}

const eventPage = v.object({
  events: v.array(v.object({ id: v.string() })),
  next: v.optional(v.number()),
});

/** `tail` and `failures` print the first eight letters; fewer may be those of many events. */
const leastLetters = 8;

async function idsBeginningWith(localUrl: string, beginning: string): Promise<string[]> {
  if (beginning.length < leastLetters) return [];
  const found: string[] = [];
  let before: number | undefined;
  do {
    const query = before === undefined ? "" : `?before=${before}`;
    const { events, next } = await readLocalApi(localUrl, `events${query}`, eventPage);
    found.push(...events.map(({ id }) => id).filter((id) => id.startsWith(beginning)));
    before = next;
  } while (before !== undefined);
  return found;
}
