import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketPolicy } from "./policies/bucketPolicy.ts";

export interface PrivateBucketArgs {
  /** Keep old versions of objects. @default false */
  versioned?: boolean;
  /** Let a destroy delete what is in the bucket. @default false */
  forceDestroy?: pulumi.Input<boolean>;
  /**
   * Nobody may delete or replace an object, whatever their own policies say: a write has to say
   * `If-None-Match: *`, which leaves out uploads in parts and copies. @default false
   */
  appendOnly?: boolean;
  /** Delete objects so many days after they were stored, and old versions as many days after they were replaced: 1 or more. @default never */
  expireDays?: number;
  /** A CloudFront distribution that may read every object, by origin access control. @default none */
  distributionArn?: pulumi.Input<string>;
  /** Who may read and write from a browser. @default nobody */
  cors?: aws.types.input.s3.BucketCorsConfigurationCorsRule[];
  /** @default none */
  tags?: Record<string, pulumi.Input<string>>;
}

/** A bucket as all of ours are: nothing public, TLS only, encrypted (SSE-S3), owned by policies and not by access control lists. */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    checkName(name);
    super("fanout:index:PrivateBucket", name, {}, opts);
    const child = { parent: this };
    this.bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: args.forceDestroy ?? false, tags: args.tags },
      child,
    );
    closeToPublic(name, this.bucket, args, child);
    encrypt(name, this.bucket, child);
    if (args.versioned) keepVersions(name, this.bucket, child);
    if (args.expireDays !== undefined) expire(name, this.bucket, args.expireDays, child);
    if (args.cors !== undefined) allowBrowsers(name, this.bucket, args.cors, child);
    this.registerOutputs({ bucketName: this.bucket.id });
  }
}

/**
 * Pulumi makes the bucket's name of it: in lower case, with `-` and seven digits; S3 allows 63.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
function checkName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,54}$/.test(name)) return;
  throw new pulumi.RunError(
    `PrivateBucket "${name}": a bucket's name may have only letters, digits and -, 55 at the most, because Pulumi adds 8 to S3's 63`,
  );
}

function closeToPublic(
  name: string,
  bucket: aws.s3.Bucket,
  { distributionArn, appendOnly }: PrivateBucketArgs,
  child: pulumi.ResourceOptions,
): void {
  const block = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  new aws.s3.BucketOwnershipControls(
    name,
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  const policy = pulumi
    .all([bucket.arn, distributionArn])
    .apply(([arn, reader]) => bucketPolicy(arn, { distributionArn: reader, appendOnly }));
  // S3 answers OperationAborted when it gets a bucket's policy and its block at the same time.
  new aws.s3.BucketPolicy(
    name,
    { bucket: bucket.id, policy: pulumi.jsonStringify(policy) },
    { ...child, dependsOn: [block] },
  );
}

function encrypt(name: string, bucket: aws.s3.Bucket, child: pulumi.ResourceOptions): void {
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket: bucket.id,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    child,
  );
}

function keepVersions(name: string, bucket: aws.s3.Bucket, child: pulumi.ResourceOptions): void {
  new aws.s3.BucketVersioning(
    name,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    child,
  );
}

function expire(
  name: string,
  bucket: aws.s3.Bucket,
  days: number,
  child: pulumi.ResourceOptions,
): void {
  new aws.s3.BucketLifecycleConfiguration(
    name,
    {
      bucket: bucket.id,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days },
          noncurrentVersionExpiration: { noncurrentDays: days },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    child,
  );
}

function allowBrowsers(
  name: string,
  bucket: aws.s3.Bucket,
  corsRules: aws.types.input.s3.BucketCorsConfigurationCorsRule[],
  child: pulumi.ResourceOptions,
): void {
  new aws.s3.BucketCorsConfiguration(name, { bucket: bucket.id, corsRules }, child);
}
