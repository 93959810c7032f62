import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { plainInputs } from "./plainInputs.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "./policyDocument.ts";

export interface PrivateBucketArgs {
  /** Keeps old versions of objects. @default false */
  versioned?: boolean;
  /** Lets `pulumi destroy` delete the objects in the bucket. @default false */
  forceDestroy?: pulumi.Input<boolean>;
  /**
   * Denies every principal to delete or replace objects. Each write requires `If-None-Match: *`, which
   * excludes multipart uploads and copies. @default false
   */
  appendOnly?: boolean;
  /** Deletes objects this many days after they were stored, and old versions after they were replaced: 1 or more. @default never */
  expireDays?: number;
  /** A CloudFront distribution that may read every object, by origin access control. @default none */
  distributionArn?: pulumi.Input<string>;
  /** Origins that may read and write from a browser. @default none */
  cors?: aws.types.input.s3.BucketCorsConfigurationCorsRule[];
  /** @default none */
  tags?: Record<string, pulumi.Input<string>>;
}

/**
 * A bucket without public access, TLS only, encrypted (SSE-S3), without access control lists.
 *
 * @example
 * new PrivateBucket("audit", { versioned: true, appendOnly: true });
 *
 * @throws RunError if the name has other characters than letters, digits and `-`, or more than 55 of them
 */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    checkName(name);
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

/**
 * The bucket's name is this one in lower case, with a suffix of 8 characters; S3 allows 63.
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
