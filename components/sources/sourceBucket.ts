import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PerStack } from "../perStack.ts";
import { adoptedBucket, recordAdoption, UploadBucket } from "../uploadBucket.ts";
import { BucketNotifications } from "./bucketNotifications.ts";
import type { BucketSource } from "./source.ts";
import { bucketName, nameOfBucket } from "./sourceName.ts";

/** A bucket that is a source, whichever way the sources name it. */
export type SourceBucket = {
  /** Its name in Pulumi, or in AWS if only this is known. */
  readonly name: string;
  /** `UploadBucket "uploads"` or `bucket "media"`, for errors. */
  readonly label: string;
  readonly bucket: aws.s3.Bucket;
  readonly notifications: BucketNotifications;
};

const byResource = new WeakMap<object, SourceBucket>();
const byName = new PerStack<Map<string, SourceBucket>>(() => new Map());

/**
 * The bucket of a source. An existing one, given by name or ARN, is looked up once in a program.
 *
 * @param topic the component whose provider looks it up
 */
export function sourceBucket(source: BucketSource, topic: pulumi.Resource): SourceBucket {
  const found = foundBucket(source);
  if (found !== undefined) return found;
  const created = createSourceBucket(source, topic);
  byResource.set(created.bucket, created);
  const key = keyOf(source);
  if (typeof key === "string") byName.get().set(key, created);
  else byResource.set(key, created);
  return created;
}

/** The bucket of a source, if it is a source of an earlier topic as well. */
export function foundBucket(source: BucketSource): SourceBucket | undefined {
  const key = keyOf(source);
  return typeof key === "string" ? byName.get().get(key) : byResource.get(key);
}

/** Whether two sources have the same bucket, as far as this is known before the deployment. */
export function haveSameBucket(a: BucketSource, b: BucketSource): boolean {
  return keyOf(a) === keyOf(b);
}

/** The first source of each bucket, in their order. */
export function distinctBuckets(sources: readonly BucketSource[]): BucketSource[] {
  return sources.filter(
    (source, index) => sources.findIndex((other) => haveSameBucket(source, other)) === index,
  );
}

/** The same for the same bucket: the resource, the name in AWS, or an Output of it. */
function keyOf({ bucket }: BucketSource): object | string {
  if (bucket instanceof UploadBucket) return bucket.bucket;
  if (typeof bucket !== "string") return bucket;
  const name = nameOfBucket(bucket);
  return adoptedBucket(name)?.bucket ?? name;
}

function createSourceBucket(source: BucketSource, topic: pulumi.Resource): SourceBucket {
  const name = bucketName(source) ?? "";
  if (source.bucket instanceof UploadBucket) return fromUploadBucket(source.bucket);
  const label = `bucket "${name}"`;
  const bucket = aws.s3.Bucket.isInstance(source.bucket)
    ? source.bucket
    : existingBucket(source.bucket, name, label, topic);
  const overwrites = source.ownsNotifications ?? false;
  return {
    name,
    label,
    bucket,
    notifications: new BucketNotifications({ name, label, bucket, overwrites }),
  };
}

function fromUploadBucket({ name, bucket, ownsNotifications }: UploadBucket): SourceBucket {
  const label = `UploadBucket "${name}"`;
  return {
    name,
    label,
    bucket,
    notifications: new BucketNotifications({ name, label, bucket, overwrites: ownsNotifications }),
  };
}

function existingBucket(
  nameOrArn: pulumi.Input<string>,
  name: string,
  label: string,
  parent: pulumi.Resource,
): aws.s3.Bucket {
  const inAws =
    typeof nameOrArn === "string"
      ? nameOfBucket(nameOrArn)
      : pulumi.output(nameOrArn).apply(nameOfBucket);
  recordAdoption(inAws, label);
  return aws.s3.Bucket.get(name, inAws, {}, { parent });
}
