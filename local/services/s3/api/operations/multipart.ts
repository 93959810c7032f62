import { childrenOf, parseXml, textOf } from "../../../../protocol/xml.ts";
import {
  type Checksum,
  type ChecksumAlgorithm,
  type ChecksumType,
  checksumAlgorithms,
} from "../../checksum.ts";
import type { RequestedPart } from "../../completion.ts";
import { invalidRequest, malformedXml } from "../../s3Error.ts";
import { isEncryptedByKey } from "../../storedObject.ts";
import type { UploadReference } from "../../uploads.ts";
import type { Upload } from "../../uploadTable.ts";
import { customerKeyHeaders, encryptionHeaders, requireUploadKey } from "../customerKey.ts";
import { detailHeaders, detailsIn } from "../objectDetails.ts";
import { checksumElements, conditionsOf, versionHeader } from "../objectHeaders.ts";
import type { S3Operation } from "../operation.ts";
import {
  announcedChecksum,
  checkAlgorithm,
  checksumHeader,
  payloadHeaders,
  readPayload,
} from "../payload.ts";
import { newObjectPermissions, onObject, writePermission } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: S3Operation = {
  name: "CreateMultipartUpload",
  method: "POST",
  of: "object",
  selectedBy: ["uploads"],
  headers: [...detailHeaders, "x-amz-checksum-algorithm", "x-amz-checksum-type"],
  permissions: (request) => newObjectPermissions(request),
  run({ bucket, key, headers }, context) {
    const checksum = uploadChecksum(headers);
    const upload = context.buckets.uploads.create({
      bucket,
      key,
      ...detailsIn(headers, bucket, context),
      ...(checksum && { checksum }),
    });
    const result = { Bucket: bucket, Key: key, UploadId: upload.id };
    return xmlReply("InitiateMultipartUploadResult", result, {
      ...encryptionHeaders(upload),
      ...(checksum && {
        "x-amz-checksum-algorithm": checksum.algorithm,
        "x-amz-checksum-type": checksum.type,
      }),
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: S3Operation = {
  name: "UploadPart",
  method: "PUT",
  of: "object",
  selectedBy: ["partNumber", "uploadId"],
  headers: [...payloadHeaders, ...customerKeyHeaders],
  permissions: (request) => [onObject("s3:PutObject", request)],
  run(request, { buckets }) {
    const upload = buckets.uploads.get(uploadOf(request));
    requireUploadKey(request.headers, upload);
    const { bytes, checksum } = readPayload(request);
    const number = Number(request.query.get("partNumber"));
    const part = buckets.uploads.putPart(upload, number, bytes, checksum);
    return emptyReply(200, {
      etag: `"${part.etag}"`,
      ...encryptionHeaders(upload),
      ...(checksum && { [checksumHeader(checksum.algorithm)]: checksum.value }),
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload: S3Operation = {
  name: "CompleteMultipartUpload",
  method: "POST",
  of: "object",
  selectedBy: ["uploadId"],
  headers: [
    ...checksumAlgorithms.map(checksumHeader),
    "x-amz-checksum-type",
    "x-amz-mp-object-size",
  ],
  permissions: (request) => [writePermission(request)],
  run(request, { buckets }) {
    const { bucket, key, headers, requester, call } = request;
    const upload = buckets.uploads.get(uploadOf(request));
    const size = headers["x-amz-mp-object-size"];
    const object = buckets.uploads.complete(
      {
        upload,
        parts: readParts(call.body.toString("utf8")),
        checksum: expectedChecksum(headers, upload),
        checksumType: typeOf(headers),
        size: size === undefined ? undefined : Number(size),
        conditions: conditionsOf(headers),
      },
      requester,
    );
    const result = {
      Location: `http://${headers.host}${call.path}`,
      Bucket: bucket,
      Key: key,
      ETag: `"${object.etag}"`,
      ...checksumElements(object.checksum),
    };
    return xmlReply("CompleteMultipartUploadResult", result, {
      ...(!isEncryptedByKey(object) && encryptionHeaders(object)),
      ...versionHeader(buckets.get(bucket), object),
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: S3Operation = {
  name: "AbortMultipartUpload",
  method: "DELETE",
  of: "object",
  selectedBy: ["uploadId"],
  permissions: (request) => [onObject("s3:AbortMultipartUpload", request)],
  run(request, { buckets }) {
    buckets.uploads.abort(uploadOf(request));
    return emptyReply(204);
  },
};

export function uploadOf({ bucket, key, query }: S3Request): UploadReference {
  return { bucket, key, id: query.get("uploadId") ?? "" };
}

/** CRC-64 covers the whole object; the other checksums cover the parts, unless requested otherwise. */
function uploadChecksum(headers: S3Request["headers"]): Upload["checksum"] {
  const name = headers["x-amz-checksum-algorithm"];
  if (name === undefined && headers["x-amz-checksum-type"] !== undefined) {
    throw invalidRequest(
      "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
    );
  }
  if (name === undefined) return undefined;
  const algorithm = checkAlgorithm(name);
  const standard = algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
  const type = checksumType(headers["x-amz-checksum-type"] ?? standard);
  if (type === "FULL_OBJECT" ? algorithm.startsWith("SHA") : algorithm === "CRC64NVME") {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type };
}

function expectedChecksum(headers: S3Request["headers"], upload: Upload): Checksum | undefined {
  const checksum = announcedChecksum(headers);
  const standard = upload.checksum === undefined ? "FULL_OBJECT" : "COMPOSITE";
  return checksum && { ...checksum, type: typeOf(headers) ?? standard };
}

function typeOf(headers: S3Request["headers"]): ChecksumType | undefined {
  const type = headers["x-amz-checksum-type"];
  return type === undefined ? undefined : checksumType(type);
}

function checksumType(name: string): ChecksumType {
  if (name === "FULL_OBJECT" || name === "COMPOSITE") return name;
  throw invalidRequest("Value for x-amz-checksum-type header is invalid.");
}

function readParts(document: string): RequestedPart[] {
  if (document === "") throw invalidRequest("You must specify at least one part");
  const root = parseXml(document);
  const elements = root?.name === "CompleteMultipartUpload" ? childrenOf(root, "Part") : [];
  if (elements.length === 0) throw malformedXml();
  return elements.map((element) => {
    const checksums: Partial<Record<ChecksumAlgorithm, string>> = {};
    for (const algorithm of checksumAlgorithms) {
      const checksum = textOf(element, `Checksum${algorithm}`);
      if (checksum !== undefined) checksums[algorithm] = checksum;
    }
    const number = Number(textOf(element, "PartNumber"));
    const etag = textOf(element, "ETag");
    if (!Number.isInteger(number) || etag === undefined) throw malformedXml();
    return { number, etag, checksums };
  });
}
