import { createHash } from "node:crypto";
import { notSupported } from "../../../protocol/awsError.ts";
import {
  type Checksum,
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumOf,
} from "../checksum.ts";
import { invalidRequest, S3Error } from "../s3Error.ts";
import { decodeChunkedBody } from "./chunkedBody.ts";
import type { S3Request } from "./request.ts";

export type Payload = {
  readonly bytes: Buffer;
  /** The checksum that came with it, which it has. */
  readonly checksum?: Checksum;
};

type Headers = Readonly<Record<string, string>>;

/** Headers of an operation with a body. */
export const payloadHeaders = [
  // SDKs send it for themselves: the checksum's own header counts.
  "x-amz-checksum-algorithm",
  "x-amz-decoded-content-length",
  "x-amz-sdk-checksum-algorithm",
  "x-amz-trailer",
  ...checksumAlgorithms.map(checksumHeader),
];

/** For example `x-amz-checksum-crc32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/**
 * The body without its transfer encoding, verified against the caller's hashes. The hash
 * in `x-amz-content-sha256` is a part of the signature, and not verified as little as that.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 * @throws S3Error IncompleteBody, BadDigest, InvalidDigest, InvalidRequest
 */
export function readPayload({ headers, call }: S3Request): Payload {
  const { bytes, trailers } = decode(headers, call.body);
  return checkedPayload({ ...headers, ...trailers }, bytes);
}

/**
 * Bytes that have been compared with the hashes among the headers.
 * @throws S3Error BadDigest, InvalidDigest, InvalidRequest
 */
export function checkedPayload(headers: Headers, bytes: Buffer): Payload {
  checkMd5(headers["content-md5"], bytes);
  const checksum = announcedChecksum(headers);
  if (checksum === undefined) return { bytes };
  if (checksumOf(checksum.algorithm, [bytes]) !== checksum.value) {
    throw badDigest(
      `The ${checksum.algorithm} you specified did not match the calculated checksum.`,
    );
  }
  return { bytes, checksum };
}

/**
 * The one checksum among the headers.
 * @throws S3Error InvalidRequest for several, or for one that is announced and missing
 */
export function announcedChecksum(headers: Headers): Checksum | undefined {
  const present = checksumAlgorithms.filter((algorithm) => headers[checksumHeader(algorithm)]);
  const [algorithm, ...more] = present;
  if (more.length > 0) {
    throw invalidRequest(
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  }
  if (algorithm !== undefined) {
    const value = headers[checksumHeader(algorithm)] ?? "";
    checkValue(algorithm, value);
    return { algorithm, type: "FULL_OBJECT", value };
  }
  const announced = headers["x-amz-sdk-checksum-algorithm"];
  if (announced === undefined) return undefined;
  checkAlgorithm(announced);
  throw invalidRequest(
    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
  );
}

/** The value of a whole object or part; one of an upload's parts ends in their number. */
function checkValue(algorithm: ChecksumAlgorithm, value: string): void {
  const [digest = ""] = value.split("-");
  const bytes = Buffer.from(digest, "base64");
  if (bytes.length === checksumBytes[algorithm] && bytes.toString("base64") === digest) return;
  throw invalidRequest(`Value for ${checksumHeader(algorithm)} header is invalid.`);
}

const checksumBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/**
 * @throws S3Error InvalidRequest
 * @throws AwsError NotImplemented for one that S3 has and the local cloud has not
 */
export function checkAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = checksumAlgorithms.find((known) => known === name.toUpperCase());
  if (algorithm === undefined && /^(?:MD5|SHA512|XXHASH\w+)$/i.test(name)) {
    throw notSupported(`the checksum algorithm "${name}"`);
  }
  if (algorithm === undefined) {
    throw invalidRequest(
      `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(", ")}]`,
    );
  }
  return algorithm;
}

function decode(headers: Headers, body: Buffer): { bytes: Buffer; trailers: Headers } {
  const streamed = headers["x-amz-content-sha256"]?.startsWith("STREAMING-");
  if (!streamed && !headers["content-encoding"]?.includes("aws-chunked")) {
    return { bytes: body, trailers: {} };
  }
  const size = headers["x-amz-decoded-content-length"];
  return decodeChunkedBody(body, size === undefined ? undefined : Number(size));
}

function checkMd5(header: string | undefined, bytes: Buffer): void {
  if (header === undefined) return;
  if (Buffer.from(header, "base64").length !== 16) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.", {
      details: { "Content-MD5": header },
    });
  }
  const digest = createHash("md5").update(bytes).digest("base64");
  if (digest === header) return;
  throw badDigest("The Content-MD5 you specified did not match what we received.", {
    ExpectedDigest: Buffer.from(header, "base64").toString("hex"),
    CalculatedDigest: digest,
  });
}

function badDigest(message: string, details: Readonly<Record<string, string>> = {}): S3Error {
  return new S3Error("BadDigest", message, { details });
}
