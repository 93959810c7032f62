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
import { bucketLists, isPublic } from "../accessLists.ts";

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
  delete: (cloud, bucket, { skipDestroy }) => {
    if (!skipDestroy && cloud.buckets.find(bucket)) block(cloud, bucket, {});
  },
});

function block(
  { buckets }: Cloud,
  bucket: string,
  given: Partial<Values<typeof accessBlockInputs>>,
): void {
  const { blockPublicAcls: blocksPublic = false, ignorePublicAcls: ignoresPublic = false } = given;
  buckets.accessLists.set(buckets.get(bucket).name, { blocksPublic, ignoresPublic });
}

const ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"] as const;

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
  delete: (cloud, bucket) => {
    if (cloud.buckets.find(bucket)) setOwnership(cloud, bucket, "ObjectWriter");
  },
});

function setOwnership({ buckets }: Cloud, bucket: string, ownership: string): void {
  const enabled = ownership !== "BucketOwnerEnforced";
  buckets.accessLists.set(buckets.get(bucket).name, { enabled });
}

function setBucketList({ buckets }: Cloud, bucket: string, acl: string | undefined): void {
  buckets.accessLists.set(buckets.get(bucket).name, { listsForAll: isPublic(acl) });
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
