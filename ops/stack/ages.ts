import * as v from "valibot";
import { OpsError } from "../problems.ts";

const overview = v.object({
  queues: v.record(v.string(), v.object({ oldestAgeSeconds: v.optional(v.number()) })),
});

/**
 * How old the oldest message of each queue of a local run is, in seconds by the queue's ARN. SQS does
 * not say it; on AWS it is a metric of CloudWatch, and the alarms watch it.
 *
 * @param localUrl of the run's endpoint; undefined for a deployed stack, of which nothing is known
 */
export async function oldestAges(
  localUrl: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  if (localUrl === undefined) return new Map();
  const response = await fetch(`${localUrl}/_fanout/api/overview`);
  if (!response.ok) throw new OpsError(`${localUrl} answers ${response.status} for its overview`);
  const { queues } = v.parse(overview, await response.json());
  return new Map(
    Object.entries(queues).flatMap(([arn, { oldestAgeSeconds }]) =>
      oldestAgeSeconds === undefined ? [] : [[arn, oldestAgeSeconds] as const],
    ),
  );
}
