import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PrivateBucket, type PrivateBucketArgs } from "./privateBucket.ts";

export type UploadBucketArgs = PrivateBucketArgs | ExistingBucketArgs;

/** A bucket that exists already. It stays as it is, but for its notifications. */
export interface ExistingBucketArgs {
  existingBucketName: pulumi.Input<string>;
  /**
   * S3 keeps one notification document for a bucket: what is in it now is overwritten, and nobody else
   * may write one. `true` says that this is known and meant.
   */
  ownsNotifications: true;
}

/** Which topic each bucket notifies. S3 keeps one notification document for a bucket, so it can be only one. */
const notifiedTopics = new WeakMap<UploadBucket, string>();

/**
 * A private bucket whose events a `FanoutTopic` can take as a source.
 *
 * @example
 * const uploads = new UploadBucket("uploads", { versioned: true });
 * new FanoutTopic("uploads", { sources: [{ bucket: uploads, prefix: "images/" }], consumers });
 *
 * @throws RunError when an existing bucket's notifications are not said to be ours
 */
export class UploadBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /** The component's name. */
  readonly name: string;

  constructor(name: string, args: UploadBucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("fanout:index:UploadBucket", name, {}, opts);
    this.name = name;
    this.bucket =
      "existingBucketName" in args
        ? adoptBucket(name, args, { parent: this })
        : new PrivateBucket(name, args, { parent: this }).bucket;
    this.registerOutputs({ bucketName: this.bucket.id });
  }
}

function adoptBucket(
  name: string,
  { existingBucketName, ownsNotifications }: ExistingBucketArgs,
  opts: pulumi.CustomResourceOptions,
): aws.s3.Bucket {
  if (!ownsNotifications) {
    throw new pulumi.RunError(
      `UploadBucket "${name}": existingBucketName needs ownsNotifications: true; S3 keeps one notification document for a bucket, and what is in it now would be overwritten`,
    );
  }
  return aws.s3.Bucket.get(name, existingBucketName, {}, opts);
}

/** The topic that has the bucket as a source already, if one has. */
export function notifiedTopic(bucket: UploadBucket): string | undefined {
  return notifiedTopics.get(bucket);
}

/** Notes that the bucket is a source of the topic from now on. */
export function claimBucket(bucket: UploadBucket, topic: string): void {
  notifiedTopics.set(bucket, topic);
}
