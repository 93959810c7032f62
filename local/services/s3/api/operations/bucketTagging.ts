import { S3Error } from "../../s3Error.ts";
import { bucketTagging } from "../../tagging/bucketTagging.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onBucket } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import { readTagging, taggingElement } from "../tagging.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging: S3Operation = {
  name: "GetBucketTagging",
  method: "GET",
  of: "bucket",
  selectedBy: ["tagging"],
  permissions: (request) => [onBucket("s3:GetBucketTagging", request)],
  run({ bucket }, { buckets }) {
    const tags = buckets.documents.find(bucket, bucketTagging) ?? [];
    if (tags.length > 0) return xmlReply("Tagging", taggingElement(tags));
    throw new S3Error("NoSuchTagSet", "The TagSet does not exist", {
      status: 404,
      details: { BucketName: bucket },
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging: S3Operation = {
  name: "PutBucketTagging",
  method: "PUT",
  of: "bucket",
  selectedBy: ["tagging"],
  headers: payloadHeaders,
  permissions: (request) => [onBucket("s3:PutBucketTagging", request)],
  run(request, { buckets }) {
    const tags = readTagging(readPayload(request).bytes.toString("utf8"), "bucket");
    buckets.documents.set(request.bucket, bucketTagging, tags);
    return emptyReply(204);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging: S3Operation = {
  name: "DeleteBucketTagging",
  method: "DELETE",
  of: "bucket",
  selectedBy: ["tagging"],
  permissions: (request) => [onBucket("s3:PutBucketTagging", request)],
  run({ bucket }, { buckets }) {
    buckets.documents.delete(bucket, bucketTagging);
    return emptyReply(204);
  },
};
