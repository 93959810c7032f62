import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { encodeObjectKey } from "../../aws/objectKeys.ts";
import { childName, namedChild } from "../childNames.ts";
import { PerStack } from "../perStack.ts";
import { claimBucket, type UploadBucket } from "../uploadBucket.ts";
import type { Transforms } from "./topicContext.ts";
import type { TopicReference } from "./topicReference.ts";

/** One notification rule of a bucket: which of its events are published to the topic. */
export interface BucketSource {
  bucket: UploadBucket;
  /** Event types of S3. @default ["s3:ObjectCreated:*"] */
  events?: string[];
  /** Only objects whose keys begin with this, not URL-encoded: up to 1,024 characters when it is. @default all */
  prefix?: string;
  /** Only objects whose keys end with this, not URL-encoded: up to 1,024 characters when it is. @default all */
  suffix?: string;
}

export const defaultEvents = ["s3:ObjectCreated:*"];

/** The distinct buckets among the sources, in their order. */
export function sourceBuckets(sources: readonly BucketSource[]): UploadBucket[] {
  return [...new Set(sources.map((source) => source.bucket))];
}

/**
 * Creates one notification for each bucket, with all of its rules: S3 keeps one notification document for
 * a bucket, and a second resource would overwrite the first. `opts` has to depend on the topic's policy,
 * because S3 validates its permission to publish when the notification is put.
 */
export function createNotifications(
  topicName: string,
  topic: TopicReference,
  { sources = [], transform }: { sources?: readonly BucketSource[]; transform?: Transforms },
  opts: pulumi.CustomResourceOptions,
): aws.s3.BucketNotification[] {
  return sourceBuckets(sources).map((bucket) => {
    claimBucket(bucket, topicName);
    const rules = sources.filter((source) => source.bucket === bucket);
    const { name, aliases } = namedChild(
      topicName,
      bucket.name,
      notificationName(topicName, bucket),
    );
    const topicArn = inRegionOf(bucket, topicName, topic);
    const args: aws.s3.BucketNotificationArgs = {
      bucket: bucket.bucket.id,
      topics: rules.map((rule, index) => ({
        id: `${topicName}-${index + 1}`,
        topicArn,
        events: rule.events ?? defaultEvents,
        filterPrefix: rule.prefix && encodeObjectKey(rule.prefix),
        filterSuffix: rule.suffix && encodeObjectKey(rule.suffix),
      })),
    };
    return new aws.s3.BucketNotification(
      name,
      transform?.notification?.(args, bucket.name) ?? args,
      { ...opts, aliases },
    );
  });
}

/**
 * The topic's ARN, checked when the regions are known: S3 notifies topics of the bucket's region only.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
function inRegionOf(
  { name, bucket }: UploadBucket,
  topicName: string,
  topic: TopicReference,
): pulumi.Output<string> {
  return pulumi.all([topic.arn, bucket.region]).apply(([arn, region]) => {
    const { region: own } = arnParts(arn);
    // Mocks of unit tests may have no region.
    if (!region || region === own) return arn;
    throw new pulumi.RunError(
      `FanoutTopic "${topicName}": UploadBucket "${name}" is in ${region}, but the topic is in ${own}; S3 notifies only topics of the bucket's region, so create both in one region`,
    );
  });
}

/** By name: the bucket whose notification has it. */
const notified = new PerStack<Map<string, UploadBucket>>(() => new Map());

/**
 * The name of a bucket's notification in Pulumi, which is the bucket's: if the topic is renamed, or the bucket is
 * given to another one, Pulumi updates the notification. Named after the topic, it would be replaced, and S3's
 * document would be deleted with the former one. Of two buckets with one name, the second one's has the topic's.
 */
function notificationName(topicName: string, bucket: UploadBucket): string {
  const owner = notified.get().get(bucket.name) ?? bucket;
  notified.get().set(bucket.name, owner);
  return owner === bucket ? bucket.name : childName(topicName, bucket.name);
}
