import * as v from "valibot";
import type { Topic } from "../topic.ts";

const days = v.pipe(
  v.string(),
  v.regex(/^\d+$/),
  v.transform(Number),
  v.minValue(1),
  v.maxValue(365),
);

/** Without a period, the archive is not active. */
const schema = v.strictObject({ MessageRetentionPeriod: v.optional(days) });

/** What is wrong with the value of a topic's ArchivePolicy; undefined for nothing. */
export function archivePolicyProblem(text: string): string | undefined {
  return read(text) === undefined
    ? `Invalid value [${text}]. Must be {"MessageRetentionPeriod":"1"} to {"MessageRetentionPeriod":"365"}, or {} to deactivate the archive.`
    : undefined;
}

/** How long the topic archives messages, in milliseconds; undefined without an active archive. */
export function archiveRetention({ attributes }: Pick<Topic, "attributes">): number | undefined {
  const days = read(attributes.ArchivePolicy ?? "{}")?.MessageRetentionPeriod;
  return days === undefined ? undefined : days * 24 * 60 * 60_000;
}

function read(text: string) {
  const result = v.safeParse(schema, jsonOrUndefined(text));
  return result.success ? result.output : undefined;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema rejects it.
    return undefined;
  }
}
