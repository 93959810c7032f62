import * as v from "valibot";
import { type BranchState, stateWords } from "../../local/console/events/eventSummary.ts";
import { localNow } from "./cloudTime.ts";
import { readLocalApi } from "./localApi.ts";

function isState(value: unknown): boolean {
  return typeof value === "string" && Object.hasOwn(stateWords, value);
}

const failure = v.looseObject({
  event: v.looseObject({ id: v.string(), title: v.string(), startedAt: v.number() }),
  recovered: v.boolean(),
  unreached: v.boolean(),
  branches: v.array(
    v.looseObject({
      endpoint: v.string(),
      state: v.custom<BranchState>(isState),
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

/**
 * The failures of a local run, the latest first, and the time of its clock.
 *
 * @param url endpoint of the run
 */
export async function listFailures(url: string) {
  const [failures, now] = await Promise.all([
    readLocalApi(url, "failures", v.array(failure)),
    localNow(url),
  ]);
  return { failures, now };
}
