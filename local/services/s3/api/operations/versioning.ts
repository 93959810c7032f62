import { notSupported } from "../../../../protocol/awsError.ts";
import { parseXml, textOf } from "../../../../protocol/xml.ts";
import { malformedXml, S3Error } from "../../s3Error.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onBucket } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning: S3Operation = {
  name: "GetBucketVersioning",
  method: "GET",
  of: "bucket",
  selectedBy: ["versioning"],
  permissions: (request) => [onBucket("s3:GetBucketVersioning", request)],
  run({ bucket }, { buckets }) {
    const { versioning } = buckets.get(bucket);
    const status = versioning === "Disabled" ? {} : { Status: versioning };
    return xmlReply("VersioningConfiguration", status);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning: S3Operation = {
  name: "PutBucketVersioning",
  method: "PUT",
  of: "bucket",
  selectedBy: ["versioning"],
  headers: payloadHeaders,
  permissions: (request) => [onBucket("s3:PutBucketVersioning", request)],
  run(request, { buckets }) {
    const root = parseXml(readPayload(request).bytes.toString("utf8"));
    if (root?.name !== "VersioningConfiguration") throw malformedXml();
    if (textOf(root, "MfaDelete") !== undefined) throw notSupported("MFA delete of a bucket");
    const status = textOf(root, "Status");
    if (status === undefined) {
      throw new S3Error(
        "IllegalVersioningConfigurationException",
        "The Versioning element must be specified",
      );
    }
    if (status !== "Enabled" && status !== "Suspended") throw malformedXml();
    buckets.setVersioning(request.bucket, status);
    return emptyReply(200);
  },
};
