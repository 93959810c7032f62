import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { plainInputs } from "./plainInputs.ts";
import { PrivateBucket, type PrivateBucketArgs } from "./privateBucket.ts";

export type UploadBucketArgs = PrivateBucketArgs | ExistingBucketArgs;

/** An existing bucket. Only its notifications are modified. */
export interface ExistingBucketArgs {
  existingBucketName: pulumi.Input<string>;
  /**
   * Confirms that the bucket's notification document is overwritten, of which S3 keeps one for a bucket, and
   * that nothing else writes it.
   */
  ownsNotifications: true;
}

/** The topic that each bucket notifies: only one, because S3 keeps one notification document for a bucket. */
const notifiedTopics = new WeakMap<UploadBucket, string>();

/**
 * A bucket whose events a `FanoutTopic` publishes: a new one without public access, TLS only and encrypted
 * (SSE-S3), or an existing one.
 *
 * @example
 * const uploads = new UploadBucket("uploads", { versioned: true });
 * new FanoutTopic("uploads", { sources: [{ bucket: uploads, prefix: "images/" }], consumers });
 *
 * @throws RunError for an existing bucket without `ownsNotifications: true`
 */
export class UploadBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /** The component's name. */
  readonly name: string;

  constructor(name: string, args: UploadBucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { tags: _, ...inputs } = { tags: undefined, ...args };
    super("fanout:index:UploadBucket", name, plainInputs(inputs), opts);
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
      `UploadBucket "${name}": existingBucketName requires ownsNotifications: true; S3 keeps one notification document for a bucket, and the present one would be overwritten`,
    );
  }
  return aws.s3.Bucket.get(name, existingBucketName, {}, opts);
}

/** The topic that has the bucket as a source, if there is one. */
export function notifiedTopic(bucket: UploadBucket): string | undefined {
  return notifiedTopics.get(bucket);
}

/** Records that the bucket is a source of the topic. */
export function claimBucket(bucket: UploadBucket, topic: string): void {
  notifiedTopics.set(bucket, topic);
}
