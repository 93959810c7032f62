import { knownRegions } from "../../../../../aws/regions.ts";
import { notSupported } from "../../../../protocol/awsError.ts";
import type { Call } from "../../../../protocol/call.ts";
import { childOf, childrenOf, parseXml, textOf } from "../../../../protocol/xml.ts";
import { type AccessList, isPrivate, isPublic } from "../../accessLists/accessList.ts";
import { objectLock } from "../../configuration/objectLock.ts";
import {
  type Ownership,
  ownedBy,
  ownershipControls,
  ownerships,
} from "../../configuration/ownershipControls.ts";
import { malformedXml, S3Error } from "../../s3Error.ts";
import { bucketTagging } from "../../tagging/bucketTagging.ts";
import { checkTags, type Tag } from "../../tagging/tag.ts";
import { accessListHeaders, accessListIn } from "../accessListInput.ts";
import { ownerElement, pageSize, wholeSeconds } from "../lists.ts";
import type { S3Operation } from "../operation.ts";
import { onBucket } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";
import { readTag } from "../tagging.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets: S3Operation = {
  name: "ListBuckets",
  method: "GET",
  of: "service",
  parameters: ["bucket-region", "continuation-token", "max-buckets", "prefix"],
  permissions: () => [{ action: "s3:ListAllMyBuckets", resource: "*" }],
  run({ query }, { buckets, region }) {
    const prefix = query.get("prefix") ?? "";
    const after = Buffer.from(query.get("continuation-token") ?? "", "base64url").toString("utf8");
    const wantedRegion = query.get("bucket-region") ?? region;
    if (!knownRegions.includes(wantedRegion)) throw noRegion(wantedRegion);
    const limit = pageSize(query, "max-buckets");
    const following = buckets
      .list()
      .filter(({ name }) => name.startsWith(prefix) && name > after && wantedRegion === region);
    const found = following.slice(0, limit);
    const last = following.length > limit ? found.at(-1)?.name : undefined;
    return xmlReply("ListAllMyBucketsResult", {
      Owner: ownerElement,
      Buckets: {
        Bucket: found.map(({ name, arn, created }) => ({
          Name: name,
          CreationDate: wholeSeconds(created),
          BucketArn: arn,
          // AWS names the region in pages only.
          ...(query.size > 0 && { BucketRegion: region }),
        })),
      },
      ContinuationToken: last && Buffer.from(last).toString("base64url"),
      Prefix: query.get("prefix") ?? undefined,
    });
  },
};

const oldestRegion = "us-east-1";

/** Whether the buckets' objects can be locked, which needs their versions. */
const lockHeader = "x-amz-bucket-object-lock-enabled";

const ownershipHeader = "x-amz-object-ownership";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket: S3Operation = {
  name: "CreateBucket",
  method: "PUT",
  of: "bucket",
  headers: [...accessListHeaders, lockHeader, ownershipHeader],
  permissions: (request) => [onBucket("s3:CreateBucket", request)],
  run(request, { buckets, region }) {
    const { bucket, call } = request;
    if (call.body.length > 0) checkLocation(call, region);
    const ownership = ownershipOf(request);
    const list = accessListIn(request.headers);
    checkList(list, ownership);
    const tags = tagsOf(request);
    // The oldest region responds as if it had created the bucket again, unless it is to change it.
    const again = call.region === oldestRegion && tags.length === 0;
    if (buckets.find(bucket) !== undefined && !again) {
      throw new S3Error(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        { status: 409, details: { BucketName: bucket } },
      );
    }
    const { arn } = buckets.create(bucket);
    const { documents } = buckets;
    if (tags.length > 0) documents.set(bucket, bucketTagging, tags);
    if (ownership !== undefined) documents.set(bucket, ownershipControls, ownedBy(ownership));
    if (list !== undefined) buckets.accessLists.setOfBucket(bucket, list);
    if (request.headers[lockHeader]?.toLowerCase() === "true") {
      buckets.setVersioning(bucket, "Enabled");
      documents.set(bucket, objectLock, { ObjectLockEnabled: "Enabled" });
    }
    return emptyReply(200, { location: `/${bucket}`, "x-amz-bucket-arn": arn });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket: S3Operation = {
  name: "HeadBucket",
  method: "HEAD",
  of: "bucket",
  permissions: (request) => [onBucket("s3:ListBucket", request)],
  run: ({ bucket }, { buckets, region }) =>
    emptyReply(200, {
      "content-type": "application/xml",
      "x-amz-bucket-region": region,
      "x-amz-bucket-arn": buckets.get(bucket).arn,
      "x-amz-access-point-alias": "false",
    }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket: S3Operation = {
  name: "DeleteBucket",
  method: "DELETE",
  of: "bucket",
  permissions: (request) => [onBucket("s3:DeleteBucket", request)],
  run({ bucket }, { buckets }) {
    buckets.delete(bucket);
    return emptyReply(204);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const getBucketLocation: S3Operation = {
  name: "GetBucketLocation",
  method: "GET",
  of: "bucket",
  selectedBy: ["location"],
  permissions: (request) => [onBucket("s3:GetBucketLocation", request)],
  run: (_request, { region }) =>
    xmlReply("LocationConstraint", region === oldestRegion ? "" : region),
};

/** @throws S3Error InvalidArgument */
function ownershipOf({ headers }: S3Request): Ownership | undefined {
  const given = headers[ownershipHeader];
  const ownership = ownerships.find((each) => each === given);
  if (given === undefined || ownership !== undefined) return ownership;
  const message = `Invalid ${ownershipHeader} header: ${given}`;
  throw new S3Error("InvalidArgument", message, { details: { ArgumentName: ownershipHeader } });
}

/**
 * The access control list of a new bucket, whose access from outside is blocked.
 * @throws S3Error InvalidBucketAclWithObjectOwnership, InvalidBucketAclWithBlockPublicAccessError
 */
function checkList(list: AccessList | undefined, ownership: Ownership | undefined): void {
  if (list === undefined || isPrivate(list)) return;
  if (ownership === undefined || ownership === "BucketOwnerEnforced") {
    throw new S3Error(
      "InvalidBucketAclWithObjectOwnership",
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  }
  if (!isPublic(list)) return;
  throw new S3Error(
    "InvalidBucketAclWithBlockPublicAccessError",
    "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
  );
}

function tagsOf({ call }: S3Request): Tag[] {
  const root = parseXml(call.body.toString("utf8"));
  const tags = root && childOf(root, "Tags");
  return tags === undefined ? [] : checkTags(childrenOf(tags, "Tag").map(readTag), "newBucket");
}

function noRegion(name: string): S3Error {
  return new S3Error("InvalidArgument", `Argument value ${name} is not a valid AWS Region`, {
    details: { ArgumentName: "bucket-region" },
  });
}

function checkLocation({ body, region: called }: Call, region: string): void {
  const root = parseXml(body.toString("utf8"));
  if (root?.name !== "CreateBucketConfiguration") throw malformedXml();
  const unknown = root.children.find(({ name }) => !/^(?:LocationConstraint|Tags)$/.test(name));
  if (unknown !== undefined) throw notSupported(`${unknown.name} of S3's CreateBucket`);
  const constraint = textOf(root, "LocationConstraint");
  const given = constraint === "EU" ? "eu-west-1" : constraint;
  if (given === undefined) return;
  // The oldest region is no location that a caller may name there.
  if (called === oldestRegion && (given === oldestRegion || !knownRegions.includes(given))) {
    throw new S3Error(
      "InvalidLocationConstraint",
      "The specified location-constraint is not valid",
      {
        details: { LocationConstraint: given },
      },
    );
  }
  if (given === region) return;
  throw new S3Error(
    "IllegalLocationConstraintException",
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}
