import { parseArn } from "../../../../aws/arn.ts";
import { canonicalKeyFilter, encodeObjectKey } from "../../../../aws/objectKeys.ts";
import {
  eventTypeCovers,
  maximumFilterLength,
  maximumNotificationRules,
  notificationRulesOverlap,
  s3EventTypes,
} from "../../../../aws/s3Events.ts";
import { formatArn } from "../../../arn.ts";
import { invalidArgument, S3Error } from "../s3Error.ts";

/** A notification that a bucket sends to a topic, a queue, a function, or to EventBridge. */
export type NotificationRule = NotificationTarget & {
  readonly id: string;
  /** For example `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  /** URL-encoded, as S3 wants it: a space is `+`. @default every key */
  readonly prefix?: string;
  readonly suffix?: string;
};

export type NotificationTarget =
  | { readonly topicArn: string }
  | { readonly queueArn: string }
  | { readonly functionArn: string }
  /** The account's default bus. */
  | { readonly eventBusArn: string };

/** EventBridge gets every event; its own rules choose. */
export function eventBridgeRule(region: string): NotificationRule {
  return {
    id: "EventBridge",
    events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*", "s3:ObjectAcl:Put"],
    eventBusArn: formatArn("events", region, "event-bus/default"),
  };
}

/** Where a rule leads; the kind is S3's element for its ARN. */
export function targetOf(rule: NotificationTarget): {
  readonly kind: "Topic" | "Queue" | "CloudFunction" | "EventBus";
  readonly arn: string;
} {
  if ("topicArn" in rule) return { kind: "Topic", arn: rule.topicArn };
  if ("queueArn" in rule) return { kind: "Queue", arn: rule.queueArn };
  if ("eventBusArn" in rule) return { kind: "EventBus", arn: rule.eventBusArn };
  return { kind: "CloudFunction", arn: rule.functionArn };
}

/** The rules that an event of a key falls under. @param eventName without `s3:` */
export function matchingRules(
  rules: readonly NotificationRule[],
  eventName: string,
  key: string,
): NotificationRule[] {
  const encoded = encodeObjectKey(key);
  return rules.filter(
    ({ events, prefix = "", suffix = "" }) =>
      events.some((event) => eventTypeCovers(event, `s3:${eventName}`)) &&
      encoded.startsWith(canonicalKeyFilter(prefix)) &&
      encoded.endsWith(canonicalKeyFilter(suffix)),
  );
}

const maximumIdLength = 255;

/**
 * What S3 checks of the rules by themselves; whether their topics take the events is checked apart.
 * @throws S3Error InvalidArgument
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 */
export function checkRules(rules: readonly NotificationRule[], region: string): void {
  if (rules.length > maximumNotificationRules) {
    const message = `A bucket has at most ${maximumNotificationRules} notification configurations (given ${rules.length})`;
    throw new S3Error("TooManyConfigurations", message);
  }
  // EventBridge gets every event, whatever other destinations get.
  const filtered = rules.filter((rule) => !("eventBusArn" in rule));
  for (const rule of filtered) checkRule(rule, region);
  for (const [index, rule] of filtered.entries()) {
    for (const other of filtered.slice(index + 1)) checkPair(rule, other);
  }
}

const services = {
  Topic: "sns",
  Queue: "sqs",
  CloudFunction: "lambda",
  EventBus: "events",
} as const;

function checkTarget(rule: NotificationRule, region: string): void {
  const { kind, arn } = targetOf(rule);
  const parsed = parseArn(arn);
  if (parsed?.service !== services[kind]) {
    throw invalidArgument("The ARN could not be parsed", kind, arn);
  }
  if (parsed.region === region) return;
  const message =
    "The notification destination service region is not valid for the bucket location constraint";
  throw invalidArgument(message, kind, arn);
}

function checkRule(rule: NotificationRule, region: string): void {
  checkTarget(rule, region);
  const { id, events, prefix, suffix } = rule;
  if (id.length > maximumIdLength) {
    throw invalidArgument(`An ID has at most ${maximumIdLength} characters`, "Id", id);
  }
  const unknown = events.find((event) => !s3EventTypes.includes(event));
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
  if (!notificationRulesOverlap(a, b)) return;
  const message =
    "Configurations overlap. Configurations on the same bucket cannot share a common event type.";
  throw invalidArgument(message, "Id", `${a.id}, ${b.id}`);
}
