import * as v from "valibot";
import { byOwner } from "../cloud/buckets/byOwner.ts";
import { assetBytes } from "./assetBytes.ts";
import {
  optionalFlag,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
  withoutEffect,
} from "./resourceType.ts";

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
      cloud.buckets.setNotification(
        bucket,
        topics.map(({ id, topicArn, events, filterPrefix, filterSuffix }) => ({
          id,
          topicArn,
          events,
          prefix: filterPrefix,
          suffix: filterSuffix,
        })),
      );
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
      cloud.buckets.objects.put(
        { bucket, key, bytes: await assetBytes(source), headers },
        byOwner(),
      );
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
