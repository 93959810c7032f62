import { checksumOf } from "../../checksum.ts";
import { checkCopySource } from "../../preconditions.ts";
import { invalidArgument, invalidRequest } from "../../s3Error.ts";
import { copySourceHeaders, copySourceOf, sourcePermission } from "../copySource.ts";
import {
  customerKeyHeaders,
  encryptionHeaders,
  requireCustomerKey,
  requireUploadKey,
  sourceKeyHeaders,
} from "../customerKey.ts";
import { checksumElements, conditionsOf } from "../objectHeaders.ts";
import type { S3Operation } from "../operation.ts";
import { onObject } from "../permissions.ts";
import type { ByteRange } from "../range.ts";
import { xmlReply } from "../reply.ts";
import { uploadOf } from "./multipart.ts";
import { findReadable } from "./readObject.ts";

const rangeHeader = "x-amz-copy-source-range";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy: S3Operation = {
  name: "UploadPartCopy",
  method: "PUT",
  of: "object",
  selectedBy: ["partNumber", "uploadId"],
  selectedByHeader: "x-amz-copy-source",
  headers: [...copySourceHeaders, ...sourceKeyHeaders, ...customerKeyHeaders, rangeHeader],
  permissions: (request) => [
    sourcePermission(copySourceOf(request)),
    onObject("s3:PutObject", request),
  ],
  run(request, context) {
    const { headers, query } = request;
    const { buckets, now } = context;
    const upload = buckets.uploads.get(uploadOf(request));
    const source = findReadable(context, request, copySourceOf(request));
    requireCustomerKey(headers, source, "x-amz-copy-source-");
    requireUploadKey(headers, upload);
    checkCopySource(conditionsOf(headers, "x-amz-copy-source-"), source, now);
    const { start, end } = rangeOfSource(headers[rangeHeader], source.size);
    const bytes = buckets.objects.read(source, start, end);
    const checksum = upload.checksum && {
      algorithm: upload.checksum.algorithm,
      type: "FULL_OBJECT" as const,
      value: checksumOf(upload.checksum.algorithm, [bytes]),
    };
    const number = Number(query.get("partNumber"));
    const part = buckets.uploads.putPart(upload, number, bytes, checksum);
    const { ChecksumType: _, ...checksumValue } = checksumElements(checksum);
    const result = {
      LastModified: new Date(part.modified).toISOString(),
      ETag: `"${part.etag}"`,
      ...checksumValue,
    };
    const versioned = buckets.get(source.bucket).versioning !== "Disabled";
    return xmlReply("CopyPartResult", result, {
      ...encryptionHeaders(upload),
      ...(versioned && { "x-amz-copy-source-version-id": source.versionId }),
    });
  },
};

/** Unlike `Range`, this one must name both ends, within the source. */
function rangeOfSource(header: string | undefined, size: number): ByteRange {
  if (header === undefined) return { start: 0, end: size };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const range = { start: Number(first), end: Number(last) + 1 };
  if (first !== undefined && range.start < range.end && range.end <= size) return range;
  if (range.start >= size && range.start < range.end) {
    throw invalidRequest("The specified copy range is invalid for the source object size");
  }
  const message =
    first === undefined || range.start >= range.end
      ? "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy"
      : `Range specified is not valid for source object of size: ${size}`;
  throw invalidArgument(message, rangeHeader, header);
}
