import { parseArn } from "../../../arn.ts";
import { invalidArgument, S3Error } from "../s3Error.ts";
import { eventMatches, type NotificationRule } from "./rule.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const eventTypes = [
  "s3:ReducedRedundancyLostObject",
  "s3:ObjectCreated:*",
  "s3:ObjectCreated:Put",
  "s3:ObjectCreated:Post",
  "s3:ObjectCreated:Copy",
  "s3:ObjectCreated:CompleteMultipartUpload",
  "s3:ObjectRemoved:*",
  "s3:ObjectRemoved:Delete",
  "s3:ObjectRemoved:DeleteMarkerCreated",
  "s3:ObjectRestore:*",
  "s3:ObjectRestore:Post",
  "s3:ObjectRestore:Completed",
  "s3:ObjectRestore:Delete",
  "s3:Replication:*",
  "s3:Replication:OperationFailedReplication",
  "s3:Replication:OperationNotTracked",
  "s3:Replication:OperationMissedThreshold",
  "s3:Replication:OperationReplicatedAfterThreshold",
  "s3:LifecycleTransition",
  "s3:LifecycleExpiration:*",
  "s3:LifecycleExpiration:Delete",
  "s3:LifecycleExpiration:DeleteMarkerCreated",
  "s3:IntelligentTiering",
  "s3:ObjectAcl:Put",
  "s3:ObjectTagging:*",
  "s3:ObjectTagging:Put",
  "s3:ObjectTagging:Delete",
];

const maximumRules = 100;
const maximumIdLength = 255;
const maximumFilterLength = 1024;

/**
 * What S3 checks of the rules by themselves; whether their topics take the events is checked apart.
 * @throws S3Error InvalidArgument
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 */
export function checkRules(rules: readonly NotificationRule[], region: string): void {
  if (rules.length > maximumRules) {
    const message = `A bucket has at most ${maximumRules} notification configurations (given ${rules.length})`;
    throw new S3Error("TooManyConfigurations", message);
  }
  for (const rule of rules) checkRule(rule, region);
  for (const [index, rule] of rules.entries()) {
    for (const other of rules.slice(index + 1)) checkPair(rule, other);
  }
}

function checkRule({ id, topicArn, events, prefix, suffix }: NotificationRule, region: string) {
  const topic = parseArn(topicArn);
  if (topic?.service !== "sns") {
    throw invalidArgument("The ARN could not be parsed", "Topic", topicArn);
  }
  if (topic.region !== region) {
    const message =
      "The notification destination service region is not valid for the bucket location constraint";
    throw invalidArgument(message, "Topic", topicArn);
  }
  if (id.length > maximumIdLength) {
    throw invalidArgument(`An ID has at most ${maximumIdLength} characters`, "Id", id);
  }
  const unknown = events.find((event) => !eventTypes.includes(event));
  if (unknown !== undefined || events.length === 0) {
    const message = "A specified event is not supported for notifications.";
    throw invalidArgument(message, "Event", unknown ?? "");
  }
  for (const filter of [prefix, suffix]) {
    if (filter !== undefined && filter.length > maximumFilterLength) {
      const message = `Size of filter rule value cannot exceed ${maximumFilterLength} bytes in UTF-8`;
      throw invalidArgument(message, "FilterRule.Value", filter);
    }
  }
}

function checkPair(a: NotificationRule, b: NotificationRule): void {
  if (a.id === b.id) {
    const message = "Same ID used for multiple configurations. IDs must be unique";
    throw invalidArgument(message, "Id", a.id);
  }
  if (!sharesEvents(a, b) || !overlap(a, b)) return;
  const message =
    "Configurations overlap. Configurations on the same bucket cannot share a common event type.";
  throw invalidArgument(message, "Id", `${a.id}, ${b.id}`);
}

function sharesEvents(a: NotificationRule, b: NotificationRule): boolean {
  return a.events.some((one) =>
    b.events.some((other) => eventMatches(one, other) || eventMatches(other, one)),
  );
}

/** Two rules are kept apart by prefixes of which neither begins the other, or by such suffixes. */
function overlap(a: NotificationRule, b: NotificationRule): boolean {
  const [prefixA, prefixB] = [a.prefix ?? "", b.prefix ?? ""];
  const [suffixA, suffixB] = [a.suffix ?? "", b.suffix ?? ""];
  return (
    (prefixA.startsWith(prefixB) || prefixB.startsWith(prefixA)) &&
    (suffixA.endsWith(suffixB) || suffixB.endsWith(suffixA))
  );
}
