import { RestXmlError } from "../restXmlError.ts";
import { sha256 } from "./canonicalRequest.ts";
import type { SignedRequest } from "./signedRequest.ts";
import type { Version4 } from "./statedSignature.ts";

const header = "x-amz-content-sha256";

/** What stands for the body in a signature of S3 that does not hold for it, or holds for its chunks. */
const withoutHash: readonly string[] = [
  "UNSIGNED-PAYLOAD",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
];

/**
 * What a signature for S3 holds for in place of the body: its hash, as the caller states it.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @throws RestXmlError XAmzContentSHA256Mismatch, InvalidArgument, InvalidRequest
 */
export function s3PayloadHash(
  { headers, query, body }: SignedRequest,
  place: Version4["place"],
): string {
  const stated = headers[header] ?? query.get("X-Amz-Content-Sha256") ?? undefined;
  if (stated === undefined && place === "query") return "UNSIGNED-PAYLOAD";
  if (stated === undefined) {
    throw new RestXmlError("InvalidRequest", `Missing required header for this request: ${header}`);
  }
  if (withoutHash.includes(stated)) return stated;
  if (!/^[0-9a-f]{64}$/i.test(stated)) throw invalidHash(stated);
  const computed = sha256(body);
  if (computed !== stated.toLowerCase()) throw mismatch(stated, computed);
  return stated;
}

function invalidHash(stated: string): RestXmlError {
  return new RestXmlError(
    "InvalidArgument",
    `${header} must be ${withoutHash.join(", ")} or a valid sha256 value.`,
    { details: { ArgumentName: header, ArgumentValue: stated } },
  );
}

function mismatch(stated: string, computed: string): RestXmlError {
  return new RestXmlError(
    "XAmzContentSHA256Mismatch",
    `The provided '${header}' header does not match what was computed.`,
    { details: { ClientComputedContentSHA256: stated, S3ComputedContentSHA256: computed } },
  );
}
