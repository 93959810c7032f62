import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { encodeObjectKey } from "../../aws/objectKeys.ts";
import { childName } from "../childNames.ts";
import { PerStack } from "../perStack.ts";
import type { Transforms } from "../topic/topicContext.ts";
import type { TopicReference } from "../topic/topicReference.ts";
import { ownsDocument } from "./eventRules.ts";
import {
  type BucketSource,
  defaultEvents,
  isBucketSource,
  notifyingSources,
  type Source,
} from "./source.ts";
import {
  distinctBuckets,
  haveSameBucket,
  type SourceBucket,
  sourceBucket,
} from "./sourceBucket.ts";

type NotifiedTopic = {
  readonly name: string;
  readonly topic: TopicReference;
  readonly component: pulumi.Resource;
  /** Policies that let S3 publish. */
  readonly policies: readonly pulumi.Resource[];
};

/**
 * Adds the topic to the notifications of each of its buckets, or EventBridge if only that gets the bucket's
 * events.
 *
 * @returns the buckets' notifications
 */
export function notifyTopic(
  target: NotifiedTopic,
  sources: readonly Source[],
  transform: Transforms,
): aws.s3.BucketNotification[] {
  const ofBuckets = sources.filter(isBucketSource).filter(ownsDocument);
  return distinctBuckets(ofBuckets).map((first) => {
    const own = ofBuckets.filter((source) => haveSameBucket(source, first));
    const bucket = sourceBucket(first, target.component);
    const args = notificationArgs(target, bucket, own);
    return bucket.notifications.add({
      topic: target.name,
      topicArn: target.topic.arn,
      sources: notifyingSources(own),
      args: transform.notification?.(args, bucket.name) ?? args,
      checked: inOneRegion(target, bucket),
      policies: target.policies,
      aliases: formerNotifications(target, bucket),
    });
  });
}

function notificationArgs(
  { name, topic }: NotifiedTopic,
  bucket: SourceBucket,
  sources: readonly BucketSource[],
): aws.s3.BucketNotificationArgs {
  const rules = notifyingSources(sources).map((source, index) => ({
    id: `${name}-${index + 1}`,
    topicArn: topic.arn,
    events: [...(source.events ?? defaultEvents)],
    filterPrefix: source.prefix && encodeObjectKey(source.prefix),
    filterSuffix: source.suffix && encodeObjectKey(source.suffix),
  }));
  return {
    bucket: bucket.bucket.id,
    ...(rules.length > 0 && { topics: rules }),
    ...(rules.length < sources.length && { eventbridge: true }),
  };
}

/**
 * Checks the regions when they are known: S3 notifies topics of the bucket's region only.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
function inOneRegion(
  { name, topic }: NotifiedTopic,
  { label, bucket }: SourceBucket,
): pulumi.Output<void> {
  return pulumi.all([topic.arn, bucket.region]).apply(([arn, region]) => {
    const { region: own } = arnParts(arn);
    // Mocks of unit tests may have no region.
    if (!region || region === own) return;
    throw new pulumi.RunError(
      `FanoutTopic "${name}": ${label} is in ${region}, but the topic is in ${own}; S3 notifies only topics of the bucket's region, so create both in one region`,
    );
  });
}

/** The former names that notifications of the program have as aliases. */
const formerNames = new PerStack<Set<string>>(() => new Set());

/** Earlier versions created the notification as a child of the topic, with one of these names. */
function formerNotifications(
  { name, component }: NotifiedTopic,
  bucket: SourceBucket,
): pulumi.Alias[] {
  const taken = formerNames.get();
  const names = [bucket.name, childName(name, bucket.name), `${name}-${bucket.name}`];
  const free = [...new Set(names)].filter((former) => !taken.has(former));
  for (const former of free) taken.add(former);
  return free.map((former) => ({ name: former, parent: component }));
}
