import * as v from "valibot";
import type { Topic } from "../topic.ts";

const time = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => Date.parse(text)),
);

const schema = v.strictObject({
  PointType: v.literal("Timestamp"),
  StartingPoint: time,
  EndingPoint: v.optional(time),
});

/** What a subscription replays, in cloud time. */
export type ReplayPolicy = {
  readonly startingPoint: number;
  /** Undefined for a replay that goes on with the messages that are published meanwhile. */
  readonly endingPoint: number | undefined;
};

/** @returns undefined for `{}`, which ends a replay */
export function readReplayPolicy(text: string): ReplayPolicy | undefined {
  const value: unknown = JSON.parse(text);
  if (v.is(v.strictObject({}), value)) return undefined;
  const { StartingPoint, EndingPoint } = v.parse(schema, value);
  return { startingPoint: StartingPoint, endingPoint: EndingPoint };
}

/**
 * What is wrong with the value of a subscription's ReplayPolicy; undefined for nothing.
 *
 * @param beginning of the topic's archive; undefined without an active one
 */
export function replayPolicyProblem(
  text: string,
  topic: Pick<Topic, "fifo">,
  beginning: number | undefined,
): string | undefined {
  if (!topic.fifo) return "ReplayPolicy: Only subscriptions of FIFO topics have this attribute";
  let policy: ReplayPolicy | undefined;
  try {
    policy = readReplayPolicy(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `ReplayPolicy: must have a PointType of Timestamp, a StartingPoint and perhaps an EndingPoint such as 2026-01-31T10:00:00.000Z: ${reason}`;
  }
  if (policy === undefined) return undefined;
  if (beginning === undefined) return "ReplayPolicy: The topic has no active ArchivePolicy";
  const { startingPoint, endingPoint } = policy;
  if (startingPoint < beginning) {
    return `ReplayPolicy: StartingPoint is before the beginning of the archive, ${new Date(beginning).toISOString()}`;
  }
  return endingPoint !== undefined && endingPoint <= startingPoint
    ? "ReplayPolicy: EndingPoint must be after StartingPoint"
    : undefined;
}
