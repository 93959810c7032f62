import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../aws/arn.ts";
import { resourceName } from "../resourceName.ts";
import { UploadBucket } from "../uploadBucket.ts";
import { type BucketSource, isBucketSource, isScheduleSource, type Source } from "./source.ts";

/** The name of a source in its topic; undefined if it has to be given one. */
export function sourceName(source: Source): string | undefined {
  if (source.name !== undefined) return source.name;
  if (isBucketSource(source)) return bucketName(source);
  return isScheduleSource(source) ? "schedule" : "events";
}

/** The name of a source's bucket: in Pulumi, or in AWS if only this is known. */
export function bucketName({ bucket, name }: BucketSource): string | undefined {
  if (bucket instanceof UploadBucket) return bucket.name;
  if (name !== undefined) return name;
  if (typeof bucket === "string") return nameOfBucket(bucket);
  return pulumi.Resource.isInstance(bucket) ? resourceName(bucket) : undefined;
}

/** The name of a bucket, given by its name or its ARN. */
export function nameOfBucket(nameOrArn: string): string {
  return parseArn(nameOrArn)?.resource ?? nameOrArn;
}
