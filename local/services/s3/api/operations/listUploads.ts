import { invalidArgument } from "../../s3Error.ts";
import type { Upload } from "../../uploadTable.ts";
import { initiatorElement, listEncoding, ownerElement, pageSize, wholeSeconds } from "../lists.ts";
import type { S3Operation } from "../operation.ts";
import { listPermission, onObject } from "../permissions.ts";
import { xmlReply } from "../reply.ts";
import { uploadOf } from "./multipart.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: S3Operation = {
  name: "ListMultipartUploads",
  method: "GET",
  of: "bucket",
  selectedBy: ["uploads"],
  parameters: [
    "delimiter",
    "encoding-type",
    "key-marker",
    "max-uploads",
    "prefix",
    "upload-id-marker",
  ],
  permissions: (request) => [listPermission("s3:ListBucketMultipartUploads", request)],
  run({ bucket, query }, { buckets }) {
    const encode = listEncoding(query);
    const limit = pageSize(query, "max-uploads");
    const prefix = query.get("prefix") ?? "";
    const delimiter = query.get("delimiter") || undefined;
    const uploads = afterMarkers(buckets.uploads.list(bucket), query).filter(({ key }) =>
      key.startsWith(prefix),
    );
    const entries = rolledUp(uploads, prefix, delimiter, query.get("key-marker") ?? "");
    const page = entries.slice(0, limit);
    // A common prefix is no marker of the next page on AWS either.
    const last = page.filter(isUpload).at(-1);
    return xmlReply("ListMultipartUploadsResult", {
      Bucket: bucket,
      KeyMarker: encode(query.get("key-marker") ?? ""),
      // An upload's id counts only together with a key.
      UploadIdMarker: (query.get("key-marker") && query.get("upload-id-marker")) || "",
      NextKeyMarker: last === undefined ? "" : encode(last.key),
      NextUploadIdMarker: last?.id ?? "",
      ...(prefix && { Prefix: encode(prefix) }),
      Delimiter: delimiter && encode(delimiter),
      MaxUploads: limit,
      EncodingType: query.get("encoding-type") ?? undefined,
      IsTruncated: entries.length > limit,
      Upload: page.filter(isUpload).map((upload) => ({
        Key: encode(upload.key),
        UploadId: upload.id,
        Initiator: initiatorElement,
        Owner: ownerElement,
        StorageClass: upload.headers["x-amz-storage-class"] ?? "STANDARD",
        Initiated: wholeSeconds(upload.started),
        ChecksumAlgorithm: upload.checksum?.algorithm,
        ChecksumType: upload.checksum?.type,
      })),
      CommonPrefixes: page.flatMap((entry) => (isUpload(entry) ? [] : [{ Prefix: encode(entry) }])),
    });
  },
};

function isUpload(entry: Upload | string): entry is Upload {
  return typeof entry !== "string";
}

/** The uploads, and a common prefix in place of those under it. One that the marker lies in is left out. */
function rolledUp(
  uploads: readonly Upload[],
  prefix: string,
  delimiter: string | undefined,
  marker: string,
): (Upload | string)[] {
  if (delimiter === undefined) return [...uploads];
  const entries = uploads.map((upload) => {
    const end = upload.key.indexOf(delimiter, prefix.length);
    return end < 0 ? upload : upload.key.slice(0, end + delimiter.length);
  });
  return [...new Set(entries)].filter((entry) => isUpload(entry) || !marker.startsWith(entry));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: S3Operation = {
  name: "ListParts",
  method: "GET",
  of: "object",
  selectedBy: ["uploadId"],
  parameters: ["max-parts", "part-number-marker"],
  permissions: (request) => [onObject("s3:ListMultipartUploadParts", request)],
  run(request, { buckets }) {
    const { bucket, key, query } = request;
    const upload = buckets.uploads.get(uploadOf(request));
    const limit = pageSize(query, "max-parts");
    const marker = Number(query.get("part-number-marker") ?? 0);
    const parts = buckets.uploads.parts(upload).filter(({ number }) => number > marker);
    const page = parts.slice(0, limit);
    return xmlReply("ListPartsResult", {
      Bucket: bucket,
      Key: key,
      UploadId: upload.id,
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts: limit,
      IsTruncated: parts.length > limit,
      Initiator: initiatorElement,
      Owner: ownerElement,
      StorageClass: upload.headers["x-amz-storage-class"] ?? "STANDARD",
      ChecksumAlgorithm: upload.checksum?.algorithm,
      ChecksumType: upload.checksum?.type,
      Part: page.map(({ number, modified, etag, size, checksum }) => ({
        PartNumber: number,
        LastModified: wholeSeconds(modified),
        ETag: `"${etag}"`,
        Size: size,
        ...(upload.checksum && { [`Checksum${upload.checksum.algorithm}`]: checksum }),
      })),
    });
  },
};

/** Without an upload's id the marker's key is left out whole. */
function afterMarkers(uploads: readonly Upload[], query: URLSearchParams): readonly Upload[] {
  const marker = query.get("key-marker");
  if (!marker) return uploads;
  const id = query.get("upload-id-marker");
  const index = uploads.findIndex((upload) => upload.key === marker && upload.id === id);
  if (index >= 0) return uploads.slice(index + 1);
  if (id && uploads.some((upload) => upload.id === id)) {
    throw invalidArgument("Invalid uploadId marker", "upload-id-marker", id);
  }
  return uploads.filter(({ key }) => Buffer.compare(Buffer.from(key), Buffer.from(marker)) > 0);
}
