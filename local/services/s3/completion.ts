import { createHash } from "node:crypto";
import type { ChecksumAlgorithm } from "./checksum.ts";
import { S3Error } from "./s3Error.ts";
import type { Upload, UploadedPart } from "./uploadTable.ts";

/** A part as the caller lists it to complete an upload. */
export type RequestedPart = {
  readonly number: number;
  /** With or without quotes. */
  readonly etag: string;
  readonly checksums: Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
};

/** Every part but the last has at least 5 MiB. */
const minimumPartSize = 5 * 1024 * 1024;

/**
 * The parts of the object, in order.
 * @throws S3Error InvalidPart, InvalidPartOrder, BadDigest, EntityTooSmall, InvalidRequest
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export function chooseParts(
  upload: Upload,
  uploaded: readonly UploadedPart[],
  requested: readonly RequestedPart[],
): UploadedPart[] {
  checkOrder(upload, requested);
  for (const request of requested) checkAlgorithms(upload, request);
  const invalid = requested.findLast((request) => !isPart(upload, uploaded, request));
  // Of several AWS names the last.
  if (invalid !== undefined) throw invalidPart(upload, invalid.number, invalid.etag);
  const parts = requested.flatMap((request) => choosePart(upload, uploaded, request));
  for (const part of parts.slice(0, -1)) checkSize(part);
  return parts;
}

/** The MD5 of the parts' MD5s, and their number. */
export function multipartEtag(parts: readonly UploadedPart[]): string {
  const digest = createHash("md5");
  for (const { etag } of parts) digest.update(Buffer.from(etag, "hex"));
  return `${digest.digest("hex")}-${parts.length}`;
}

function checkOrder(upload: Upload, requested: readonly RequestedPart[]): void {
  const inOrder = requested.every(
    ({ number }, index) => number > (requested[index - 1]?.number ?? 0),
  );
  if (inOrder) return;
  throw new S3Error(
    "InvalidPartOrder",
    "The list of parts was not in ascending order. Parts must be ordered by part number.",
    { details: { UploadId: upload.id } },
  );
}

/** Checksums of another algorithm than the upload's are refused; an upload without one knows none. */
function checkAlgorithms({ checksum }: Upload, { number, checksums }: RequestedPart): void {
  if (checksum === undefined) return;
  const other = Object.keys(checksums).find((name) => name !== checksum.algorithm);
  if (other !== undefined) throw otherChecksum(other, number);
}

/** Whether the caller describes a part as it was uploaded. */
function isPart(
  { checksum }: Upload,
  uploaded: readonly UploadedPart[],
  { number, etag, checksums }: RequestedPart,
): boolean {
  const part = uploaded.find((candidate) => candidate.number === number);
  if (part?.etag !== etag.replaceAll('"', "")) return false;
  if (checksum === undefined) return Object.keys(checksums).length === 0;
  const given = checksums[checksum.algorithm];
  return !given || given === part.checksum;
}

function choosePart(
  { checksum }: Upload,
  uploaded: readonly UploadedPart[],
  { number, checksums }: RequestedPart,
): UploadedPart[] {
  if (checksum?.type === "COMPOSITE" && checksums[checksum.algorithm] === undefined) {
    throw new S3Error(
      "InvalidRequest",
      `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
    );
  }
  return uploaded.filter((part) => part.number === number);
}

function otherChecksum(algorithm: string, number: number): S3Error {
  return new S3Error(
    "BadDigest",
    `The ${algorithm.toLowerCase()} you specified for part ${number} did not match what we received.`,
  );
}

function invalidPart(upload: Upload, number: number, etag: string): S3Error {
  return new S3Error(
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {
      details: { UploadId: upload.id, PartNumber: String(number), ETag: etag.replaceAll('"', "") },
    },
  );
}

function checkSize({ number, size, etag }: UploadedPart): void {
  if (size >= minimumPartSize) return;
  throw new S3Error(
    "EntityTooSmall",
    "Your proposed upload is smaller than the minimum allowed size",
    {
      details: {
        ProposedSize: String(size),
        MinSizeAllowed: String(minimumPartSize),
        PartNumber: String(number),
        ETag: etag,
      },
    },
  );
}
