import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ExistingBucketArgs, UploadBucketArgs } from "./bucketArgs.ts";
import { PerStack } from "./perStack.ts";
import { plainInputs } from "./plainInputs.ts";
import { PrivateBucket } from "./privateBucket.ts";
import { checkBucket } from "./validation/checkBucket.ts";

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
 * @throws RunError if the arguments are invalid, before any resource is created; it lists every problem
 */
export class UploadBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /** The component's name. */
  readonly name: string;

  constructor(name: string, args: UploadBucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    checkBucket("UploadBucket", name, args);
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
  { existingBucketName }: ExistingBucketArgs,
  opts: pulumi.CustomResourceOptions,
): aws.s3.Bucket {
  if (typeof existingBucketName === "string") adoptOnce(existingBucketName, name);
  else pulumi.output(existingBucketName).apply((known) => adoptOnce(known, name));
  return aws.s3.Bucket.get(name, existingBucketName, {}, opts);
}

/** By name of an existing bucket: the component that adopted it. */
const adopters = new PerStack<Map<string, string>>(() => new Map());

/** A second component would write a second notification document, which overwrites the first. */
function adoptOnce(bucket: string, component: string): void {
  const adopter = adopters.get().get(bucket);
  if (adopter !== undefined) {
    throw new pulumi.RunError(
      `UploadBucket "${component}": the bucket "${bucket}" is that of UploadBucket "${adopter}" already, and S3 keeps one notification document for a bucket; use that component`,
    );
  }
  adopters.get().set(bucket, component);
}

/** The topic that has the bucket as a source, if there is one. */
export function notifiedTopic(bucket: UploadBucket): string | undefined {
  return notifiedTopics.get(bucket);
}

/** Records that the bucket is a source of the topic. */
export function claimBucket(bucket: UploadBucket, topic: string): void {
  notifiedTopics.set(bucket, topic);
}
