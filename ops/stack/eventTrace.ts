import * as v from "valibot";
import { OpsError, UsageError } from "../errors.ts";
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
 * @throws UsageError for a deployed stack, whose traces are in X-Ray
 */
export async function readEventTrace({ localUrl }: Stack, event: string): Promise<EventTrace> {
  if (localUrl === undefined) {
    throw new UsageError(
      "traces of a deployed stack are in X-Ray; this shows those of the local run",
    );
  }
  const response = await fetch(
    `${localUrl}/_fanout/api/trace?${new URLSearchParams({ id: event })}`,
  );
  if (!response.ok) throw new OpsError(`${localUrl} answers ${response.status} for a trace`);
  const trace = v.parse(eventTrace, await response.json());
  if (trace.spans.length > 0) return trace;
  throw new OpsError(`there is no event "${event}"; publish prints the ids of events`);
}
