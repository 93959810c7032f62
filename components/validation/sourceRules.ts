import { encodeObjectKey } from "../../aws/objectKeys.ts";
import {
  maximumFilterLength,
  maximumNotificationRules,
  type NotifiedKeys,
  notificationRulesOverlap,
  s3EventTypePattern,
  s3EventTypes,
} from "../../aws/s3Events.ts";
import { type BucketSource, defaultEvents } from "../topic/sources.ts";
import { notifiedTopic } from "../uploadBucket.ts";
import type { TopicFacts } from "./facts.ts";
import { didYouMean, isMisspelled } from "./nearest.ts";
import { show } from "./problem.ts";
import type { Rule } from "./rule.ts";

const eventTypes =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html";
const filtering =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html";

/** The subject of rules about a source. */
export type SourceFacts = {
  readonly topic: TopicFacts;
  readonly source: BucketSource;
  /** Preceding sources with the same bucket. */
  readonly earlier: readonly BucketSource[];
};

export function sourceFacts(topic: TopicFacts): SourceFacts[] {
  const sources = topic.args.sources ?? [];
  return sources.map((source, index) => ({
    topic,
    source,
    earlier: sources.slice(0, index).filter((other) => other.bucket === source.bucket),
  }));
}

export const sourceRules: readonly Rule<SourceFacts>[] = [
  {
    about: "sources",
    rule: "not on a FIFO topic: S3 publishes to standard topics only",
    severity: "error",
    source: eventTypes,
    check: ({ topic }) =>
      topic.fifo
        ? "S3 cannot publish to a FIFO topic; use a standard topic, or EventBridge between them"
        : undefined,
  },
  {
    about: "sources[].bucket",
    rule: "a source of one topic only: S3 keeps one notification document for a bucket",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html",
    check: ({ source }) => {
      const topic = notifiedTopic(source.bucket);
      return topic === undefined
        ? undefined
        : `UploadBucket "${source.bucket.name}" is a source of FanoutTopic "${topic}" already, and S3 keeps one notification document for a bucket: a second topic would overwrite the first. add a consumer to "${topic}" instead`;
    },
  },
  {
    about: "sources[].bucket",
    rule: "at most 100 rules for a bucket",
    severity: "error",
    source: "https://docs.aws.amazon.com/general/latest/gr/s3.html",
    check: ({ earlier }) =>
      earlier.length === maximumNotificationRules
        ? "this bucket has more than the 100 rules that S3 allows"
        : undefined,
  },
  {
    about: "sources[].events",
    rule: "at least one, of S3's names",
    severity: "error",
    source: eventTypes,
    check: ({ source: { events } }) => {
      if (events === undefined) return undefined;
      if (events.length === 0) return "events is empty; remove it for s3:ObjectCreated:*";
      return events
        .filter((event) => !s3EventTypes.includes(event) && !isNewEvent(event))
        .map((event) => `events: S3 has no ${show(event)}${didYouMean(event, s3EventTypes)}`);
    },
  },
  {
    about: "sources[].events",
    rule: "of the events that are known; a newer one is passed on to S3",
    severity: "warning",
    source: eventTypes,
    check: ({ source: { events = [] } }) =>
      events
        .filter(isNewEvent)
        .map(
          (event) => `events: ${show(event)} is not known; S3 rejects it if it has no such event`,
        ),
  },
  {
    about: "sources[].prefix, sources[].suffix",
    rule: "at most 1,024 characters when URL-encoded, without *",
    severity: "error",
    source: filtering,
    check: ({ source }) =>
      (["prefix", "suffix"] as const).flatMap((field) => {
        const given = source[field] ?? "";
        const { length } = encodeObjectKey(given);
        return [
          ...(length > maximumFilterLength
            ? [`${field} has ${length} characters when URL-encoded; S3 allows 1,024`]
            : []),
          ...(given.includes("*")
            ? [`${field} may not have a *: S3 matches the character itself (given ${show(given)})`]
            : []),
        ];
      }),
  },
  {
    about: "sources[].prefix, sources[].suffix",
    rule: "not URL-encoded: the component encodes them for S3",
    severity: "warning",
    source: filtering,
    check: ({ source }) =>
      (["prefix", "suffix"] as const)
        .filter((field) => /%[0-9a-f]{2}/i.test(source[field] ?? ""))
        .map(
          (field) =>
            `${field} is URL-encoded for S3, and a % with it; if ${show(source[field])} is encoded already, decode it`,
        ),
  },
  {
    about: "sources",
    rule: "no two rules of a bucket match the same event of the same key",
    severity: "error",
    source: filtering,
    check: ({ source, earlier }) =>
      earlier
        .filter((other) => overlap(source, other))
        .map(
          (other) =>
            `matches some of the same events as another rule of the bucket (${describe(other)}); S3 rejects overlapping rules: use prefixes or suffixes that exclude each other`,
        )
        .slice(0, 1),
  },
];

function isNewEvent(event: string): boolean {
  return (
    s3EventTypePattern.test(event) &&
    !s3EventTypes.includes(event) &&
    !isMisspelled(event, s3EventTypes)
  );
}

function overlap(a: BucketSource, b: BucketSource): boolean {
  return notificationRulesOverlap(withEvents(a), withEvents(b));
}

function withEvents(source: BucketSource): NotifiedKeys {
  return { ...source, events: source.events ?? defaultEvents };
}

function describe({ prefix, suffix }: BucketSource): string {
  return `prefix ${show(prefix ?? "")}, suffix ${show(suffix ?? "")}`;
}
