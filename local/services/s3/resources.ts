import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import { assetBytes } from "../../provider/assetBytes.ts";
import {
  optionalFlag,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
  withoutEffect,
} from "../../provider/resourceType.ts";
import { byOwner } from "./requester.ts";
import { S3Error } from "./s3Error.ts";

export const s3: Readonly<Record<string, ResourceType>> = {
  "aws:s3/bucket:Bucket": resourceType(
    { bucket: optionalText, forceDestroy: optionalFlag, tags },
    (cloud, logicalName, { bucket = logicalName }) => {
      cloud.buckets.create(bucket);
      const bucketRegionalDomainName = `${bucket}.s3.${cloud.region}.amazonaws.com`;
      const arn = `arn:aws:s3:::${bucket}`;
      return { id: bucket, outputs: { bucket, arn, bucketRegionalDomainName } };
    },
  ),

  "aws:s3/bucketPolicy:BucketPolicy": resourceType(
    { bucket: v.string(), policy: v.string() },
    (cloud, _name, { bucket, policy }) => {
      cloud.buckets.setPolicy(bucket, policy);
      return { id: bucket };
    },
  ),

  "aws:s3/bucketNotification:BucketNotification": resourceType(
    {
      bucket: v.string(),
      topics: v.array(
        v.strictObject({
          id: v.string(),
          topicArn: v.string(),
          events: v.array(v.string()),
          filterPrefix: optionalText,
          filterSuffix: optionalText,
        }),
      ),
    },
    (cloud, _name, { bucket, topics }) => {
      const rules = topics.map(({ id, topicArn, events, filterPrefix, filterSuffix }) => ({
        id,
        topicArn,
        events,
        ...(filterPrefix !== undefined && { prefix: filterPrefix }),
        ...(filterSuffix !== undefined && { suffix: filterSuffix }),
      }));
      // Pulumi would not set what is set already, and S3 would not send its test event again.
      if (!isDeepStrictEqual(cloud.buckets.get(bucket).notification, rules)) {
        cloud.buckets.setNotification(bucket, rules);
      }
      return { id: bucket };
    },
  ),

  "aws:s3/bucketVersioning:BucketVersioning": resourceType(
    {
      bucket: v.string(),
      versioningConfiguration: v.strictObject({ status: v.picklist(["Enabled", "Suspended"]) }),
    },
    (cloud, _name, { bucket, versioningConfiguration }) => {
      cloud.buckets.setVersioning(bucket, versioningConfiguration.status);
      return { id: bucket };
    },
  ),

  "aws:s3/bucketObjectv2:BucketObjectv2": resourceType(
    {
      bucket: v.string(),
      key: v.string(),
      source: v.unknown(),
      contentType: optionalText,
      cacheControl: optionalText,
      tags,
    },
    async (cloud, _name, { bucket, key, source, contentType, cacheControl }) => {
      const headers = {
        "content-type": contentType ?? "application/octet-stream",
        ...(cacheControl !== undefined && { "cache-control": cacheControl }),
      };
      const object = { bucket, key, bytes: await assetBytes(source), headers };
      if (!isStored(cloud, object)) cloud.buckets.objects.put(object, byOwner());
      return { id: `${bucket}/${key}` };
    },
  ),

  // Nothing here can be reached from outside, and nothing leaves memory but to the owner's own disk.
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": withoutEffect(),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": withoutEffect(),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    withoutEffect(),

  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": resourceType(
    { bucket: v.string(), rules: v.array(v.unknown()) },
    (cloud, _name, { bucket }) => {
      cloud.note(`${bucket}: its lifecycle; objects expire on AWS only`);
      return { id: bucket };
    },
  ),

  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": resourceType(
    { bucket: v.string(), corsRules: v.array(v.unknown()) },
    (cloud, _name, { bucket }) => {
      cloud.note(`${bucket}: its CORS rules; the local endpoint serves no page of another origin`);
      return { id: bucket };
    },
  ),
};

type NewObject = Parameters<Cloud["buckets"]["objects"]["put"]>[0];

/** Whether a run before has put just that: what has not changed is not put again. */
function isStored({ buckets: { objects } }: Cloud, wanted: NewObject): boolean {
  const { bucket, key, bytes, headers } = wanted;
  try {
    const stored = objects.get(bucket, key);
    return isDeepStrictEqual(stored.headers, headers) && objects.read(stored).equals(bytes);
  } catch (error) {
    if (error instanceof S3Error && error.code === "NoSuchKey") return false;
    throw error;
  }
}
