import type { AuthenticationErrors } from "./errors.ts";
import type { SignedRequest } from "./signedRequest.ts";
import { basicTime } from "./signingTime.ts";
import {
  algorithm,
  type CredentialScope,
  type Signature,
  scopeIn,
  type Version2,
  type Version4,
} from "./statedSignature.ts";
import { namesIn, readUsualHeader } from "./usualHeader.ts";

/** The signing name that a request states, however malformed the rest of its signature is. */
export function signingName({
  headers,
  query,
}: Pick<SignedRequest, "headers" | "query">): string | undefined {
  const usual = readUsualHeader(headers.authorization ?? "");
  if (usual !== undefined && query.size === 0) return usual.scope.service;
  if (query.has("AWSAccessKeyId") || headers.authorization?.startsWith("AWS ")) return "s3";
  const inHeader = /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1];
  const credential = inHeader ?? query.get("X-Amz-Credential");
  const [terminator, service] = credential?.split("/").reverse() ?? [];
  return terminator === "aws4_request" ? service : undefined;
}

/**
 * What the signature of a request states.
 *
 * @returns undefined for a request without one
 * @throws AwsError for an incomplete or malformed one
 */
export function readSignature(
  request: SignedRequest,
  errors: AuthenticationErrors,
): Signature | undefined {
  const { headers, query } = request;
  if (headers.authorization !== undefined) return inHeader(request, headers.authorization, errors);
  if (query.has("AWSAccessKeyId")) return version2(request, errors);
  const parameters = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"];
  return parameters.some((name) => query.has(name)) ? inQuery(request, errors) : undefined;
}

function inHeader(
  { headers }: SignedRequest,
  authorization: string,
  errors: AuthenticationErrors,
): Version4 {
  const usual = readUsualHeader(authorization);
  const sentAt = timeOf(headers);
  if (usual !== undefined && sentAt !== undefined) return ofHeader(headers, usual, sentAt);
  const [type = "", rest = ""] = splitAt(authorization.trim(), " ");
  if (type !== algorithm) throw errors.unsupportedAlgorithm(type);
  const parts = new Map(rest.split(",").map((part) => splitAt(part.trim(), "=")));
  const [Credential, Signature, SignedHeaders] = [
    parts.get("Credential"),
    parts.get("Signature"),
    parts.get("SignedHeaders"),
  ];
  if (!Credential || !SignedHeaders || !Signature || sentAt === undefined) {
    throw errors.incompleteHeader(missingIn({ Credential, Signature, SignedHeaders }, sentAt));
  }
  const scope = scopeOf(Credential, (detail) => errors.malformed("header", detail));
  const stated = { scope, signedHeaders: namesIn(SignedHeaders), signature: Signature };
  return ofHeader(headers, stated, sentAt);
}

function ofHeader(
  headers: SignedRequest["headers"],
  { scope, signedHeaders, signature }: Pick<Version4, "scope" | "signedHeaders" | "signature">,
  time: string,
): Version4 {
  return {
    version: 4,
    place: "header",
    scope,
    signedHeaders,
    signature,
    time,
    expires: undefined,
    sessionToken: headers["x-amz-security-token"],
  };
}

function missingIn(
  parameters: Readonly<Record<string, string | undefined>>,
  time: string | undefined,
): string[] {
  const missing = Object.entries(parameters)
    .filter(([, value]) => !value)
    .map(([name]) => `'${name}' parameter`);
  if (time === undefined) missing.push("existence of either a 'X-Amz-Date' or a 'Date' header");
  return missing;
}

function inQuery({ query }: SignedRequest, errors: AuthenticationErrors): Version4 {
  const stated = query.get("X-Amz-Algorithm");
  if (stated !== null && stated !== algorithm) throw errors.unsupportedAlgorithm(stated);
  const [credential, signature, time, headers, expires] = [
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-SignedHeaders",
    "X-Amz-Expires",
  ].map((name) => query.get(name) ?? undefined);
  if (!stated || !credential || !signature || !time || !headers || expires === undefined) {
    throw errors.incompleteQuery();
  }
  return {
    version: 4,
    place: "query",
    scope: scopeOf(credential, (detail) => errors.malformed("query", detail)),
    signedHeaders: namesIn(headers),
    signature,
    time,
    expires: secondsOf(expires, errors),
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
  };
}

function version2({ query }: SignedRequest, errors: AuthenticationErrors): Version2 {
  const [accessKeyId, signature, expires] = ["AWSAccessKeyId", "Signature", "Expires"].map(
    (name) => query.get(name) ?? "",
  );
  if (!accessKeyId || !signature || !expires) throw errors.incompleteVersion2();
  const sessionToken = query.get("x-amz-security-token") ?? undefined;
  return { version: 2, accessKeyId, signature, expires, sessionToken };
}

/** @param malformed makes the error for one that is not */
export function scopeOf(credential: string, malformed: (detail: string) => Error): CredentialScope {
  const scope = scopeIn(credential);
  if (scope !== undefined) return scope;
  throw malformed(
    'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"',
  );
}

const longestSeconds = 7 * 24 * 60 * 60;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function secondsOf(expires: string, errors: AuthenticationErrors): number {
  const seconds = Number(expires);
  if (!/^-?\d+$/.test(expires)) {
    throw errors.invalidExpires("X-Amz-Expires should be a number");
  }
  if (seconds < 0) throw errors.invalidExpires("X-Amz-Expires must be non-negative");
  if (seconds > longestSeconds) {
    throw errors.invalidExpires(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${longestSeconds} seconds`,
    );
  }
  return seconds;
}

/** `X-Amz-Date`, or the `Date` of HTTP in the same form. */
function timeOf({
  "x-amz-date": amazon,
  date,
}: Readonly<Record<string, string>>): string | undefined {
  if (amazon !== undefined) return amazon;
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? undefined : basicTime(time);
}

function splitAt(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
