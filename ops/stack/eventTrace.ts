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
 * @throws UsageError for a deployed stack, whose traces are in X-Ray
 */
export async function readEventTrace({ localUrl }: Stack, event: string): Promise<EventTrace> {
  if (localUrl === undefined) {
    throw new UsageError(
      "traces of a deployed stack are in X-Ray; this shows those of the local run",
    );
  }
  const query = new URLSearchParams({ id: event });
  const trace = await readLocalApi(localUrl, `trace?${query}`, eventTrace);
  if (trace.spans.length > 0) return trace;
  throw new OpsError(`there is no event "${event}"; publish prints the ids of events`);
}
