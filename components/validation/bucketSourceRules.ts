import { didYouMean, isMisspelled } from "../../aws/nearest.ts";
import { encodeObjectKey } from "../../aws/objectKeys.ts";
import { isOnBus } from "../../aws/s3BusEvents.ts";
import {
  maximumFilterLength,
  maximumNotificationRules,
  type NotifiedKeys,
  notificationRulesOverlap,
  s3EventTypePattern,
  s3EventTypes,
} from "../../aws/s3Events.ts";
import { type BucketSource, defaultEvents } from "../sources/source.ts";
import { bucketName } from "../sources/sourceName.ts";
import { UploadBucket } from "../uploadBucket.ts";
import { show } from "./problem.ts";
import type { Rule } from "./rule.ts";
import type { BucketSourceFacts, NotificationRule } from "./sourceFacts.ts";

const eventTypes =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html";
const filtering =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html";
const notification =
  "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html";
const eventBridge = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html";

/** Rules about buckets as sources. */
export const bucketSourceRules: readonly Rule<BucketSourceFacts>[] = [
  {
    about: "sources[].bucket",
    rule: "a bucket's name or ARN, an UploadBucket, or an aws.s3.Bucket",
    severity: "error",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    check: ({ source: { bucket } }) =>
      typeof bucket !== "string" ||
      /^(arn:[\w-]+:s3:::)?[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)
        ? undefined
        : `bucket must be the name or ARN of a bucket, an UploadBucket or an aws.s3.Bucket (given ${show(bucket)})`,
  },
  {
    about: "sources[].bucket",
    rule: "all topics of a bucket are created before the program waits for one of them: S3 keeps one notification document for a bucket",
    severity: "error",
    source: notification,
    check: ({ source, isNotified }) =>
      isNotified
        ? `the notifications of the bucket "${bucketName(source)}" are being created already, for the topics that the program created before it waited; create this topic before the program awaits anything, or use via: "eventBridge"`
        : undefined,
  },
  {
    about: "sources[].bucket",
    rule: "at most 100 rules for a bucket",
    severity: "error",
    source: "https://docs.aws.amazon.com/general/latest/gr/s3.html",
    check: ({ earlierRules }) =>
      earlierRules.length === maximumNotificationRules
        ? "this bucket has more than the 100 rules that S3 allows"
        : undefined,
  },
  {
    about: "sources[].ownsNotifications",
    rule: "not of an UploadBucket, which has a field of its own",
    severity: "error",
    source: notification,
    check: ({ source: { bucket, ownsNotifications } }) =>
      bucket instanceof UploadBucket && ownsNotifications !== undefined
        ? "ownsNotifications is a field of the UploadBucket; set it there"
        : undefined,
  },
  {
    about: "sources[].retries",
    rule: 'only with via: "eventBridge": S3 retries for as long as it sees fit',
    severity: "error",
    source: eventBridge,
    check: ({ source: { via, retries } }) =>
      via !== "eventBridge" && retries !== undefined
        ? 'retries are those of EventBridge; add via: "eventBridge", or remove them'
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
    check: ({ source: { events = [], via } }) =>
      events
        .filter((event) => via !== "eventBridge" && isNewEvent(event))
        .map(
          (event) => `events: ${show(event)} is not known; S3 rejects it if it has no such event`,
        ),
  },
  {
    about: "sources[].events",
    rule: 'with via: "eventBridge", those that S3 sends to EventBridge: not of replication, for example',
    severity: "error",
    source: eventBridge,
    check: ({ source: { events = [], via } }) =>
      events
        .filter((event) => via === "eventBridge" && s3EventTypePattern.test(event))
        .filter((event) => (s3EventTypes.includes(event) || isNewEvent(event)) && !isOnBus(event))
        .map(
          (event) =>
            `events: S3 does not send ${show(event)} to EventBridge; use via: "notification"`,
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
    rule: "no two rules of a bucket match the same event of the same key, also for different topics",
    severity: "error",
    source: filtering,
    check: ({ source, earlierRules }) =>
      earlierRules
        .filter((other) => overlap(source, other.source))
        .map(
          (other) =>
            `matches some of the same events as another rule of the bucket (${describe(other)}); S3 rejects overlapping rules: use prefixes or suffixes that exclude each other, or via: "eventBridge"`,
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
  return notificationRulesOverlap(notifiedKeys(a), notifiedKeys(b));
}

function notifiedKeys({ events = [...defaultEvents], prefix, suffix }: BucketSource): NotifiedKeys {
  return { events, prefix, suffix };
}

function describe({ source: { prefix, suffix }, topic }: NotificationRule): string {
  const owner = topic === undefined ? "" : `FanoutTopic "${topic}", `;
  return `${owner}prefix ${show(prefix ?? "")}, suffix ${show(suffix ?? "")}`;
}
