import type { BucketSource } from "../fanoutTopicArgs.ts";
import { notifiedTopic } from "../uploadBucket.ts";
import type { TopicFacts } from "./facts.ts";
import { didYouMean } from "./nearest.ts";
import { show } from "./problem.ts";
import type { Rule } from "./rule.ts";

const eventTypes =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html";
const filtering =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_TopicConfiguration.html */
const s3Events = [
  "s3:IntelligentTiering",
  "s3:LifecycleExpiration:*",
  "s3:LifecycleExpiration:Delete",
  "s3:LifecycleExpiration:DeleteMarkerCreated",
  "s3:LifecycleTransition",
  "s3:ObjectAcl:Put",
  "s3:ObjectCreated:*",
  "s3:ObjectCreated:CompleteMultipartUpload",
  "s3:ObjectCreated:Copy",
  "s3:ObjectCreated:Post",
  "s3:ObjectCreated:Put",
  "s3:ObjectRemoved:*",
  "s3:ObjectRemoved:Delete",
  "s3:ObjectRemoved:DeleteMarkerCreated",
  "s3:ObjectRestore:*",
  "s3:ObjectRestore:Completed",
  "s3:ObjectRestore:Delete",
  "s3:ObjectRestore:Post",
  "s3:ObjectTagging:*",
  "s3:ObjectTagging:Delete",
  "s3:ObjectTagging:Put",
  "s3:ReducedRedundancyLostObject",
  "s3:Replication:*",
  "s3:Replication:OperationFailedReplication",
  "s3:Replication:OperationMissedThreshold",
  "s3:Replication:OperationNotTracked",
  "s3:Replication:OperationReplicatedAfterThreshold",
];

/** One rule of a bucket among a topic's sources. */
export type SourceFacts = {
  readonly topic: TopicFacts;
  readonly source: BucketSource;
  /** The rules of the same bucket that come before this one. */
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
        ? "S3 cannot publish to a FIFO topic; use a standard topic, or EventBridge in between"
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
        : `UploadBucket "${source.bucket.name}" is a source of FanoutTopic "${topic}" already, and S3 keeps one notification document for a bucket: a second topic would overwrite the first. Add a consumer to "${topic}" instead`;
    },
  },
  {
    about: "sources[].bucket",
    rule: "at most 100 rules for a bucket",
    severity: "error",
    source: "https://docs.aws.amazon.com/general/latest/gr/s3.html",
    check: ({ earlier }) =>
      earlier.length === 100 ? "this bucket has more than the 100 rules that S3 allows" : undefined,
  },
  {
    about: "sources[].events",
    rule: "at least one, of S3's names",
    severity: "error",
    source: eventTypes,
    check: ({ source: { events } }) => {
      if (events === undefined) return undefined;
      if (events.length === 0) return "events is empty; leave it away for s3:ObjectCreated:*";
      return events
        .filter((event) => !s3Events.includes(event))
        .map((event) => `events: S3 has no ${show(event)}${didYouMean(event, s3Events)}`);
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
          ...(given.length > 1024
            ? [`${field} has ${given.length} characters; S3 allows 1,024`]
            : []),
          ...(given.includes("*")
            ? [
                `${field} may not have a *: S3 would look for the star itself (given ${show(given)})`,
              ]
            : []),
        ];
      }),
  },
  {
    about: "sources",
    rule: "no two rules of a bucket take the same event for the same key",
    severity: "error",
    source: filtering,
    check: ({ source, earlier }) =>
      earlier
        .filter((other) => overlap(source, other))
        .map(
          (other) =>
            `takes some of the same events as another rule of the bucket (${describe(other)}); S3 refuses that: make their prefixes or suffixes exclude each other`,
        )
        .slice(0, 1),
  },
];

/** S3 looks at names alone: two rules overlap unless their prefixes, or their suffixes, exclude each other. */
function overlap(a: BucketSource, b: BucketSource): boolean {
  return (
    eventsOf(a).some((event) => eventsOf(b).some((other) => sameEvent(event, other))) &&
    eitherBegins(a.prefix ?? "", b.prefix ?? "") &&
    eitherEnds(a.suffix ?? "", b.suffix ?? "")
  );
}

function eventsOf(source: BucketSource): readonly string[] {
  return source.events ?? ["s3:ObjectCreated:*"];
}

function sameEvent(a: string, b: string): boolean {
  return a === b || covers(a, b) || covers(b, a);
}

function covers(pattern: string, event: string): boolean {
  return pattern.endsWith(":*") && event.startsWith(pattern.slice(0, -1));
}

function eitherBegins(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

function eitherEnds(a: string, b: string): boolean {
  return a.endsWith(b) || b.endsWith(a);
}

function describe({ prefix, suffix }: BucketSource): string {
  return `prefix ${show(prefix ?? "")}, suffix ${show(suffix ?? "")}`;
}
