import { sha256 } from "./canonicalRequest.ts";
import type { AuthenticationErrors } from "./errors.ts";
import { type Sign, scopeText } from "./signingKey.ts";
import type { Version4 } from "./statedSignature.ts";

/** Whether the chunks of the body have signatures of their own. */
export function hasSignedChunks(payloadHash: string): boolean {
  return payloadHash.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
}

/**
 * Verifies the chunks of an upload, each of whose signatures holds for all before it, and its trailers.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @throws AwsError SignatureDoesNotMatch
 */
export function verifyChunks(
  body: Buffer,
  seed: Version4,
  sign: Sign,
  errors: AuthenticationErrors,
): void {
  let previous = seed.signature;
  let offset = 0;
  for (let size = -1; size !== 0; ) {
    const lineEnd = body.indexOf("\r\n", offset);
    // A body that ends too early is an error of the upload, and not of its signature.
    if (lineEnd < 0) return;
    const [length = "", extension = ""] = body.toString("latin1", offset, lineEnd).split(";");
    size = Number.parseInt(length, 16);
    if (!(size >= 0)) return;
    const bytes = body.subarray(lineEnd + 2, lineEnd + 2 + size);
    previous = verified(
      extension.replace(/^chunk-signature=/, ""),
      partToSign("PAYLOAD", seed, previous, `${sha256("")}\n${sha256(bytes)}`),
    );
    offset = lineEnd + 2 + size + (size === 0 ? 0 : 2);
  }
  const trailers = readTrailers(body.toString("latin1", offset));
  if (trailers.signature === undefined && trailers.signed === "") return;
  verified(
    trailers.signature ?? "",
    partToSign("TRAILER", seed, previous, sha256(trailers.signed)),
  );

  function verified(signature: string, stringToSign: string): string {
    if (sign(stringToSign) === signature) return signature;
    throw errors.wrongSignature(
      { ...seed, signature },
      { stringToSign, canonicalRequest: undefined },
    );
  }
}

function partToSign(
  part: "PAYLOAD" | "TRAILER",
  { time, scope }: Version4,
  previous: string,
  hashes: string,
): string {
  return `AWS4-HMAC-SHA256-${part}\n${time}\n${scopeText(scope)}\n${previous}\n${hashes}`;
}

function readTrailers(text: string): { signed: string; signature: string | undefined } {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.includes(":"))
    .map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    });
  const signature = lines.find(([name]) => name === signatureTrailer)?.[1];
  const signed = lines
    .filter(([name]) => name !== signatureTrailer)
    .map(([name, value]) => `${name}:${value}\n`)
    .join("");
  return { signed, signature };
}

const signatureTrailer = "x-amz-trailer-signature";
