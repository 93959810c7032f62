import {
  maximumFilterLength,
  maximumNotificationRules,
  type NotifiedKeys,
  notificationRulesOverlap,
  s3EventTypes,
} from "../../aws/s3Events.ts";
import { type BucketSource, defaultEvents } from "../topic/sources.ts";
import { notifiedTopic } from "../uploadBucket.ts";
import type { TopicFacts } from "./facts.ts";
import { didYouMean } from "./nearest.ts";
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
        .filter((event) => !s3EventTypes.includes(event))
        .map((event) => `events: S3 has no ${show(event)}${didYouMean(event, s3EventTypes)}`);
    },
  },
  {
    about: "sources[].prefix, sources[].suffix",
    rule: "at most 1,024 characters, without *",
    severity: "error",
    source: filtering,
    check: ({ source }) =>
      (["prefix", "suffix"] as const).flatMap((field) => {
        const given = source[field] ?? "";
        return [
          ...(given.length > maximumFilterLength
            ? [`${field} has ${given.length} characters; S3 allows 1,024`]
            : []),
          ...(given.includes("*")
            ? [`${field} may not have a *: S3 matches the character itself (given ${show(given)})`]
            : []),
        ];
      }),
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

function overlap(a: BucketSource, b: BucketSource): boolean {
  return notificationRulesOverlap(withEvents(a), withEvents(b));
}

function withEvents(source: BucketSource): NotifiedKeys {
  return { ...source, events: source.events ?? defaultEvents };
}

function describe({ prefix, suffix }: BucketSource): string {
  return `prefix ${show(prefix ?? "")}, suffix ${show(suffix ?? "")}`;
}
