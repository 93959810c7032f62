import type { Buckets } from "../../buckets.ts";
import { isPublicPolicy } from "../../policyStatus.ts";
import { S3Error } from "../../s3Error.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onBucket } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy: S3Operation = {
  name: "GetBucketPolicy",
  method: "GET",
  of: "bucket",
  selectedBy: ["policy"],
  permissions: (request) => [onBucket("s3:GetBucketPolicy", request)],
  run({ bucket }, { buckets }) {
    const body = policyOf(buckets, bucket);
    return { status: 200, headers: { "content-type": "application/json" }, body };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus: S3Operation = {
  name: "GetBucketPolicyStatus",
  method: "GET",
  of: "bucket",
  selectedBy: ["policyStatus"],
  permissions: (request) => [onBucket("s3:GetBucketPolicyStatus", request)],
  run({ bucket }, { buckets }) {
    return xmlReply("PolicyStatus", { IsPublic: isPublicPolicy(policyOf(buckets, bucket)) });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy: S3Operation = {
  name: "PutBucketPolicy",
  method: "PUT",
  of: "bucket",
  selectedBy: ["policy"],
  headers: payloadHeaders,
  permissions: (request) => [onBucket("s3:PutBucketPolicy", request)],
  run(request, { buckets }) {
    const policy = readPayload(request).bytes.toString("utf8");
    checkPolicy(policy);
    buckets.setPolicy(request.bucket, policy);
    return emptyReply(204);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy: S3Operation = {
  name: "DeleteBucketPolicy",
  method: "DELETE",
  of: "bucket",
  selectedBy: ["policy"],
  permissions: (request) => [onBucket("s3:DeleteBucketPolicy", request)],
  run({ bucket }, { buckets }) {
    buckets.setPolicy(bucket, undefined);
    return emptyReply(204);
  },
};

/** @throws S3Error NoSuchBucketPolicy */
function policyOf(buckets: Buckets, bucket: string): string {
  const policy = buckets.policy(buckets.get(bucket).arn);
  if (policy !== undefined) return policy;
  throw new S3Error("NoSuchBucketPolicy", "The bucket policy does not exist", {
    status: 404,
    details: { BucketName: bucket },
  });
}

/** @throws S3Error MalformedPolicy */
function checkPolicy(text: string): void {
  const policy = parse(text);
  if (policy === undefined) {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  if (!("Statement" in policy)) throw malformedPolicy("Missing required field Statement");
}

function parse(text: string): object | undefined {
  try {
    const policy: unknown = JSON.parse(text);
    return text.startsWith("{") && typeof policy === "object" && policy !== null
      ? policy
      : undefined;
  } catch {
    return undefined;
  }
}

function malformedPolicy(message: string): S3Error {
  return new S3Error("MalformedPolicy", message);
}
