import type { Cloud } from "../../../cloud.ts";
import { oneOf } from "../../../provider/declaration/checks.ts";
import {
  anything,
  json,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  text,
} from "../../../provider/declaration/field.ts";
import {
  listedType,
  type ResourceType,
  resourceType,
} from "../../../provider/declaration/resourceType.ts";
import type { PropertyMap } from "../../../pulumi/values/propertyValue.ts";
import { bucketAccess } from "./bucketAccess.ts";
import { bucketCors } from "./bucketCors.ts";

const owner = { expectedBucketOwner: text(replaces), region };

const bucketPolicy = resourceType({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: { bucket: text(requiredReplaces), policy: json(required), region },
  create: (cloud, { bucket, policy }) => {
    cloud.buckets.setPolicy(bucket, policy);
    return bucket;
  },
  update: (cloud, bucket, { policy }) => cloud.buckets.setPolicy(bucket, policy),
  delete: ({ buckets }, bucket) => {
    if (buckets.find(bucket)) buckets.setPolicy(bucket, undefined);
  },
  read: ({ buckets }, bucket) => {
    const policy = buckets.find(bucket) && buckets.policy(buckets.get(bucket).arn);
    return policy === undefined ? undefined : { bucket, policy };
  },
});

const bucketVersioning = resourceType({
  type: [
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
  ],
  inputs: {
    bucket: text(requiredReplaces),
    versioningConfiguration: object(
      {
        status: text({ required: true, check: oneOf("Enabled", "Suspended", "Disabled") }),
        mfaDelete: text({ computed: true, check: oneOf("Enabled", "Disabled") }),
      },
      required,
    ),
    ...owner,
  },
  create: (cloud, { bucket, versioningConfiguration: { status } }) => {
    setVersioning(cloud, bucket, status);
    return bucket;
  },
  update: (cloud, bucket, { versioningConfiguration: { status } }) =>
    setVersioning(cloud, bucket, status),
  delete: (cloud, bucket) => {
    if (cloud.buckets.find(bucket)?.versioning === "Enabled") {
      cloud.buckets.setVersioning(bucket, "Suspended");
    }
  },
  read: ({ buckets }, bucket) => {
    const found = buckets.find(bucket);
    return found && { bucket, versioningConfiguration: { status: found.versioning } };
  },
});

function setVersioning({ buckets }: Cloud, bucket: string, status: string): void {
  if (status === "Enabled" || status === "Suspended") buckets.setVersioning(bucket, status);
}

/** A setting of a bucket that has its effect on AWS only. Its id is the bucket's. */
function listedSetting(
  type: string | readonly string[],
  reason: string,
  inputs: Parameters<typeof listedType>[0]["inputs"],
): ResourceType {
  return listedType({
    type,
    listed: reason,
    inputs: { bucket: text(requiredReplaces), ...owner, ...inputs },
    id: ({ bucket }) => String(bucket),
    outputs: noOutputs,
  });
}

function noOutputs(): PropertyMap {
  return {};
}

export const bucketSettings: readonly ResourceType[] = [
  bucketPolicy,
  bucketVersioning,
  ...bucketAccess,
  bucketCors,
  listedSetting(
    [
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
    ],
    "objects are encrypted on AWS only",
    { rules: anything(required) },
  ),
  listedSetting(
    [
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
    ],
    "objects expire on AWS only",
    { rules: anything(), transitionDefaultMinimumObjectSize: text() },
  ),
  listedSetting(
    ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"],
    "access is logged on AWS only",
    {
      targetBucket: text(required),
      targetPrefix: text(required),
      targetGrants: anything(),
      targetObjectKeyFormat: anything(),
    },
  ),
];
