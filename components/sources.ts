import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BucketSource } from "./fanoutTopicArgs.ts";
import { consumerName } from "./names.ts";
import { claimBucket, type UploadBucket } from "./uploadBucket.ts";

const defaultEvents = ["s3:ObjectCreated:*"];

/** The buckets among the sources, each once, in their order. */
export function sourceBuckets(sources: readonly BucketSource[]): UploadBucket[] {
  return [...new Set(sources.map((source) => source.bucket))];
}

/**
 * One notification resource for each bucket, with all of its rules: S3 keeps one document for a bucket,
 * and a second resource would overwrite the first. It waits for the topic's policy, which S3 tries when
 * the notification is put.
 */
export function createNotifications(
  topicName: string,
  topic: aws.sns.Topic,
  sources: readonly BucketSource[],
  opts: pulumi.CustomResourceOptions,
): aws.s3.BucketNotification[] {
  return sourceBuckets(sources).map((bucket) => {
    claimBucket(bucket, topicName);
    const rules = sources.filter((source) => source.bucket === bucket);
    return new aws.s3.BucketNotification(
      consumerName(topicName, bucket.name),
      {
        bucket: bucket.bucket.id,
        topics: rules.map((rule, index) => ({
          id: `${topicName}-${index + 1}`,
          topicArn: topic.arn,
          events: rule.events ?? defaultEvents,
          filterPrefix: rule.prefix,
          filterSuffix: rule.suffix,
        })),
      },
      opts,
    );
  });
}
