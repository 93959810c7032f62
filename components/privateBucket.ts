import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PrivateBucketArgs } from "./bucketArgs.ts";
import { plainInputs } from "./plainInputs.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "./policyDocument.ts";
import { checkBucket } from "./validation/checkBucket.ts";

/**
 * A bucket without public access, TLS only, encrypted (SSE-S3), without access control lists.
 *
 * @example
 * new PrivateBucket("audit", { versioned: true, appendOnly: true });
 *
 * @throws RunError if the arguments are invalid, before any resource is created; it lists every problem
 */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    checkBucket("PrivateBucket", name, args);
    const { tags: _, ...inputs } = args;
    super("fanout:index:PrivateBucket", name, plainInputs(inputs), opts);
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
  // S3 rejects a bucket's policy and its block at the same time, with OperationAborted.
  new aws.s3.BucketPolicy(
    name,
    { bucket: bucket.id, policy: pulumi.jsonStringify(policy) },
    { ...child, dependsOn: [block] },
  );
}

/** TLS only; optionally, one distribution may read, and objects are never replaced or deleted. */
export function bucketPolicy(
  bucketArn: string,
  options: { readonly distributionArn?: string | undefined; readonly appendOnly?: boolean } = {},
): PolicyDocument {
  const { distributionArn, appendOnly = false } = options;
  return policyDocument(
    ...(distributionArn === undefined ? [] : [distributionReads(bucketArn, distributionArn)]),
    ...(appendOnly ? [denyDeletes(bucketArn), denyOverwrites(bucketArn)] : []),
    denyInsecureTransport("s3:*", [bucketArn, `${bucketArn}/*`]),
  );
}

/**
 * Without `s3:ListBucket`, S3 responds with 403 instead of 404 if an object does not exist.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function distributionReads(bucketArn: string, distributionArn: string): Statement {
  return {
    Sid: "DistributionReads",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: `${bucketArn}/*`,
    Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
}

function denyDeletes(bucketArn: string): Statement {
  return {
    Sid: "DenyDeletes",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    Resource: `${bucketArn}/*`,
  };
}

/**
 * Requires `If-None-Match: *` for each write, with which S3 rejects it if the object exists.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
function denyOverwrites(bucketArn: string): Statement {
  return {
    Sid: "DenyOverwrites",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: { Null: { "s3:if-none-match": "true" } },
  };
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
