import type { Cloud } from "../../../cloud.ts";
import { oneOf } from "../../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  listed,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../../provider/declaration/resourceType.ts";
import { bucketLists, cannedList, privateList } from "../accessLists/accessList.ts";
import { ownedBy, ownershipControls, ownerships } from "../configuration/ownershipControls.ts";
import { publicAccessBlock } from "../configuration/publicAccessBlock.ts";

const onlyOnAws = "nothing of the local cloud can be reached from outside";

const accessBlockInputs = {
  blockPublicAcls: flag({ default: false }),
  blockPublicPolicy: listed(flag({ default: false }), onlyOnAws),
  bucket: text(requiredReplaces),
  ignorePublicAcls: flag({ default: false }),
  region,
  restrictPublicBuckets: listed(flag({ default: false }), onlyOnAws),
  skipDestroy: flag(),
};

const bucketPublicAccessBlock = resourceType({
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  inputs: accessBlockInputs,
  create: (cloud, given) => {
    block(cloud, given.bucket, given);
    return given.bucket;
  },
  update: block,
  delete: ({ buckets }, bucket, { skipDestroy }) => {
    if (!skipDestroy && buckets.find(bucket)) buckets.documents.delete(bucket, publicAccessBlock);
  },
});

function block({ buckets }: Cloud, bucket: string, given: Values<typeof accessBlockInputs>): void {
  buckets.documents.set(buckets.get(bucket).name, publicAccessBlock, {
    BlockPublicAcls: given.blockPublicAcls,
    IgnorePublicAcls: given.ignorePublicAcls,
    BlockPublicPolicy: given.blockPublicPolicy,
    RestrictPublicBuckets: given.restrictPublicBuckets,
  });
}

const bucketOwnershipControls = resourceType({
  type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  inputs: {
    bucket: text(requiredReplaces),
    region,
    rule: object(
      { objectOwnership: text({ required: true, check: oneOf(...ownerships) }) },
      required,
    ),
  },
  create: (cloud, { bucket, rule }) => {
    setOwnership(cloud, bucket, rule.objectOwnership);
    return bucket;
  },
  update: (cloud, bucket, { rule }) => setOwnership(cloud, bucket, rule.objectOwnership),
  delete: ({ buckets }, bucket) => {
    if (buckets.find(bucket)) buckets.documents.delete(bucket, ownershipControls);
  },
});

function setOwnership({ buckets }: Cloud, bucket: string, given: string): void {
  const ownership = ownerships.find((each) => each === given);
  if (ownership === undefined) throw new Error(`unknown object ownership "${given}"`);
  buckets.documents.set(buckets.get(bucket).name, ownershipControls, ownedBy(ownership));
}

function setBucketList({ buckets }: Cloud, bucket: string, acl = "private"): void {
  buckets.accessLists.setOfBucket(buckets.get(bucket).name, cannedList(acl) ?? privateList);
}

const bucketAcl = resourceType({
  type: ["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"],
  inputs: {
    accessControlPolicy: listed(anything(), "canned lists count, and policies"),
    acl: text({ check: oneOf(...bucketLists) }),
    bucket: text(requiredReplaces),
    expectedBucketOwner: text(replaces),
    region,
  },
  create: (cloud, { bucket, acl }) => {
    setBucketList(cloud, bucket, acl);
    return bucket;
  },
  update: (cloud, bucket, { acl }) => setBucketList(cloud, bucket, acl),
  // As on AWS: the list stays until another one takes its place.
  delete: () => {},
});

/** Who may see what, apart from the bucket's policy. */
export const bucketAccess: readonly ResourceType[] = [
  bucketPublicAccessBlock,
  bucketOwnershipControls,
  bucketAcl,
];
