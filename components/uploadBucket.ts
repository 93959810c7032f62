import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ExistingBucketArgs, UploadBucketArgs } from "./bucketArgs.ts";
import { PerStack } from "./perStack.ts";
import { plainInputs } from "./plainInputs.ts";
import { PrivateBucket } from "./privateBucket.ts";
import { checkBucket } from "./validation/checkBucket.ts";

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
  /** Whether notifications that the bucket has without the program may be overwritten. */
  readonly ownsNotifications: boolean;

  constructor(name: string, args: UploadBucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    checkBucket("UploadBucket", name, args);
    const { tags: _, ...inputs } = { tags: undefined, ...args };
    super("fanout:index:UploadBucket", name, plainInputs(inputs), opts);
    this.name = name;
    this.ownsNotifications = !("existingBucketName" in args) || (args.ownsNotifications ?? false);
    this.bucket =
      "existingBucketName" in args
        ? adoptBucket(this, args, { parent: this })
        : new PrivateBucket(name, args, { parent: this }).bucket;
    this.registerOutputs({ bucketName: this.bucket.id });
  }
}

function adoptBucket(
  component: UploadBucket,
  { existingBucketName }: ExistingBucketArgs,
  opts: pulumi.CustomResourceOptions,
): aws.s3.Bucket {
  const { name } = component;
  recordAdoption(existingBucketName, `UploadBucket "${name}"`, component);
  return aws.s3.Bucket.get(name, existingBucketName, {}, opts);
}

type Adoption = { readonly label: string; readonly component: UploadBucket | undefined };

/** By name of an existing bucket: what adopted it. */
const adoptions = new PerStack<Map<string, Adoption>>(() => new Map());

/** The component that adopted an existing bucket, if there is one. */
export function adoptedBucket(bucket: string): UploadBucket | undefined {
  return adoptions.get().get(bucket)?.component;
}

/**
 * Records that an existing bucket is used: a second adoption would write a second notification document, which
 * overwrites the first.
 *
 * @param label the component that adopts the bucket, for errors
 * @throws RunError if the bucket is adopted already; when deployed if its name is an Output
 */
export function recordAdoption(
  bucket: pulumi.Input<string>,
  label: string,
  component?: UploadBucket,
): void {
  const all = adoptions.get();
  const record = (name: string) => {
    const earlier = all.get(name);
    if (earlier !== undefined) {
      throw new pulumi.RunError(
        `${label}: the bucket "${name}" is that of ${earlier.label} already, and S3 keeps one notification document for a bucket; use that one`,
      );
    }
    all.set(name, { label, component });
  };
  if (typeof bucket === "string") record(bucket);
  else pulumi.output(bucket).apply(record);
}
