import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import type { SignedRequest } from "./signedRequest.ts";

export type CanonicalParts = {
  /** Names in lower case. */
  readonly signedHeaders: readonly string[];
  /** The hash of the body in hexadecimal, or what stands for it, such as `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
  /** S3 alone encodes the path once, and leaves dots and double slashes in it. */
  readonly encodesOnce: boolean;
};

/**
 * The text of a request that signatures of version 4 are made of.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 */
export function canonicalRequest(
  { method, path, query, headers }: Omit<SignedRequest, "body">,
  { signedHeaders, payloadHash, encodesOnce }: CanonicalParts,
): string {
  let lines = "";
  for (const name of signedHeaders) lines += `${name}:${canonicalValue(headers[name] ?? "")}\n`;
  const canonicalPath = encodesOnce ? encodedOnce(path) : encodedTwice(path);
  return `${method}\n${canonicalPath}\n${canonicalQuery(query)}\n${lines}\n${signedHeaders.join(";")}\n${payloadHash}`;
}

export function sha256(data: string | Buffer): string {
  return hash("sha256", data, "hex");
}

function canonicalValue(value: string): string {
  // Most values are signed as they are.
  if (/^[!-~]+(?: [!-~]+)*$/.test(value)) return value;
  return asSigned(value).trim().replace(/ {2,}/g, " ");
}

/** Node reads a header byte by byte, and most clients write theirs in UTF-8. */
function asSigned(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  const bytes = Buffer.from(value, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : value;
}

function canonicalQuery(query: URLSearchParams): string {
  if (query.size === 0) return "";
  return [...query]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A client need not have encoded everything in the path that it sent. */
function encodedOnce(path: string): string {
  try {
    return decodeURIComponent(path).split("/").map(encoded).join("/");
  } catch {
    return path;
  }
}

/** The path as it was sent, encoded once more, without dot segments and empty ones. */
function encodedTwice(path: string): string {
  if (path === "/") return path;
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(encoded(segment));
  }
  return `/${kept.join("/")}${kept.length > 0 && path.endsWith("/") ? "/" : ""}`;
}

/** https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
