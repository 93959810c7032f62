import { eventTypeCovers } from "../../../../aws/s3Events.ts";

/** A notification that a bucket sends to a topic. */
export type NotificationRule = {
  readonly id: string;
  readonly topicArn: string;
  /** For example `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  /** URL-encoded, as S3 wants it: a space is `+`. @default every key */
  readonly prefix?: string;
  readonly suffix?: string;
};

/** The rules that an event of a key falls under. @param eventName without `s3:` */
export function matchingRules(
  rules: readonly NotificationRule[],
  eventName: string,
  key: string,
): NotificationRule[] {
  return rules.filter(
    (rule) =>
      rule.events.some((event) => eventTypeCovers(event, `s3:${eventName}`)) &&
      key.startsWith(decodeFilter(rule.prefix)) &&
      key.endsWith(decodeFilter(rule.suffix)),
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html */
function decodeFilter(filter = ""): string {
  try {
    return decodeURIComponent(filter.replaceAll("+", " "));
  } catch {
    // A percent sign that escapes nothing stands for itself.
    return filter;
  }
}
