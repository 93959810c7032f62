import * as v from "valibot";
import { OpsError } from "../errors.ts";

const failure = v.looseObject({
  event: v.looseObject({ id: v.string(), title: v.string(), startedAt: v.number() }),
  recovered: v.boolean(),
  unreached: v.boolean(),
  branches: v.array(
    v.looseObject({
      endpoint: v.string(),
      state: v.string(),
      reason: v.string(),
      position: v.optional(v.string()),
      tries: v.number(),
      mostTries: v.optional(v.number()),
      nextAt: v.optional(v.number()),
    }),
  ),
  missedSubscribers: v.array(v.object({ endpoint: v.string(), reason: v.string() })),
});

/** An event that went wrong somewhere. */
export type Failure = v.InferOutput<typeof failure>;

/** The failures of a local run, the latest first, and the time of its clock. @param url endpoint of the run */
export async function listFailures(url: string) {
  const [failures, overview] = await Promise.all([read(url, "failures"), read(url, "overview")]);
  return {
    failures: v.parse(v.array(failure), failures),
    now: v.parse(v.object({ now: v.number() }), overview).now,
  };
}

async function read(url: string, path: string): Promise<unknown> {
  const response = await fetch(`${url}/_fanout/api/${path}`);
  if (response.ok) return response.json();
  throw new OpsError(`${response.url} answers ${response.status}`);
}
