/**
 * The event types of a bucket's notifications.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
export const s3EventTypes: readonly string[] = [
  "s3:IntelligentTiering",
  "s3:LifecycleExpiration:*",
  "s3:LifecycleExpiration:Delete",
  "s3:LifecycleExpiration:DeleteMarkerCreated",
  "s3:LifecycleTransition",
  "s3:ObjectAcl:Put",
  "s3:ObjectAnnotation:*",
  "s3:ObjectAnnotation:Delete",
  "s3:ObjectAnnotation:Put",
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
  "s3:ObjectRetention:Put",
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

/** Names of events in messages, which lack the `s3:` of event types. */
export const s3EventNames: readonly string[] = s3EventTypes
  .filter((type) => !type.endsWith("*"))
  .map((type) => type.replace(/^s3:/, ""));

/** The form of an event type, also of those that S3 adds. */
export const s3EventTypePattern = /^s3:[A-Z][A-Za-z]+(:(\*|[A-Z][A-Za-z]+))?$/;

/** Whether an event type, which may end in `:*`, covers an event. */
export function eventTypeCovers(type: string, event: string): boolean {
  return type.endsWith(":*") ? event.startsWith(type.slice(0, -1)) : event === type;
}

/** The events and keys that a notification rule covers. */
export type NotifiedKeys = {
  readonly events: readonly string[];
  /** @default every key */
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
};

/**
 * Whether S3 rejects two rules of one bucket because they share an event type and a key may match both:
 * neither their prefixes nor their suffixes exclude each other.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function notificationRulesOverlap(a: NotifiedKeys, b: NotifiedKeys): boolean {
  const [prefixA, prefixB] = [a.prefix ?? "", b.prefix ?? ""];
  const [suffixA, suffixB] = [a.suffix ?? "", b.suffix ?? ""];
  return (
    shareAnEvent(a.events, b.events) &&
    (prefixA.startsWith(prefixB) || prefixB.startsWith(prefixA)) &&
    (suffixA.endsWith(suffixB) || suffixB.endsWith(suffixA))
  );
}

function shareAnEvent(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) =>
    b.some((other) => eventTypeCovers(one, other) || eventTypeCovers(other, one)),
  );
}

/** The most rules in one bucket's notification configuration. */
export const maximumNotificationRules = 100;

/** The longest prefix or suffix of a rule, URL-encoded, in characters. */
export const maximumFilterLength = 1024;
