import { timingSafeEqual } from "node:crypto";
import type { Principal } from "../access.ts";
import type { Route } from "../route.ts";
import type { AccessKey, FindAccessKey, PlaceholderKey } from "./accessKey.ts";
import { canonicalRequest, sha256 } from "./canonicalRequest.ts";
import { hasSignedChunks, verifyChunks } from "./chunkSignatures.ts";
import type { AuthenticationErrors } from "./errors.ts";
import { s3PayloadHash } from "./payloadHash.ts";
import { readSignature } from "./readSignature.ts";
import { s3Errors } from "./s3Errors.ts";
import { serviceErrors } from "./serviceErrors.ts";
import type { SignedRequest } from "./signedRequest.ts";
import { signerFor, stringToSign } from "./signingKey.ts";
import {
  allowedSkew,
  clockOf,
  isCurrent,
  parseBasicTime,
  type SigningClocks,
} from "./signingTime.ts";
import type { Signature, Version2, Version4 } from "./statedSignature.ts";
import { version2Signature, version2StringToSign } from "./version2.ts";

export type Authentication = {
  readonly accessKey: FindAccessKey;
  /** The one in which credentials are valid. */
  readonly region: string;
  readonly clocks: () => SigningClocks;
};

/** Services whose resources may admit anyone by their policy. */
const admitAnonymous: ReadonlySet<string> = new Set(["s3", "sns", "sqs"]);

const anonymous: Principal = { kind: "anonymous" };

/**
 * Finds out who has sent a request: the owner of the key that its signature was made with, or an anonymous
 * caller if the request has no signature and the service leaves those to its policies.
 *
 * @throws AwsError the service's own for a signature that is missing, incomplete, of another time, or wrong
 */
export function authenticate(
  request: SignedRequest,
  route: Route,
  { accessKey, region, clocks }: Authentication,
): Principal {
  const errors = errorsOf(route, request);
  const signature = readSignature(request, errors);
  if (signature === undefined) {
    if (admitAnonymous.has(route.service)) return anonymous;
    throw errors.missing();
  }
  const key = keyOf(signature, accessKey, errors);
  if (signature.version === 2) checkVersion2(request, signature, key, clocks(), errors);
  else checkVersion4(request, route, signature, { key, region, clocks: clocks(), errors });
  return key.principal;
}

function errorsOf({ service, form }: Route, { headers }: SignedRequest): AuthenticationErrors {
  if (form === "s3") return s3Errors;
  const query = form === "query";
  // SQS and the REST services answer 403, the other JSON services 400.
  const isTargeted = form === "json" && service !== "sqs" && headers["x-amz-target"] !== undefined;
  return errorsOfForm(query, service === "sqs", isTargeted ? 400 : 403);
}

/** The errors of each form, which most requests do not need. */
const errorsByForm = new Map<string, AuthenticationErrors>();

function errorsOfForm(query: boolean, queryCompatible: boolean, status: 400 | 403) {
  const key = `${query} ${queryCompatible} ${status}`;
  const known = errorsByForm.get(key);
  if (known !== undefined) return known;
  const errors = serviceErrors({ query, queryCompatible, status });
  errorsByForm.set(key, errors);
  return errors;
}

export function keyOf(
  signature: Signature,
  accessKey: FindAccessKey,
  errors: AuthenticationErrors,
): AccessKey | PlaceholderKey {
  const id = signature.version === 4 ? signature.scope.accessKeyId : signature.accessKeyId;
  const key = accessKey(id);
  if (key === undefined) throw errors.unknownKey(id);
  if (key.secretAccessKey === undefined) return key;
  if (signature.sessionToken !== key.sessionToken) throw errors.invalidToken(signature);
  return key;
}

type Checked = {
  readonly key: AccessKey | PlaceholderKey;
  readonly region: string;
  readonly clocks: SigningClocks;
  readonly errors: AuthenticationErrors;
};

function checkVersion4(
  request: SignedRequest,
  route: Route,
  signature: Version4,
  { key, region, clocks, errors }: Checked,
): void {
  checkTime(signature, clocks, errors);
  checkScope(signature, region, errors);
  checkSignedHeaders(request, signature, errors);
  const { scope, place, signedHeaders, time } = signature;
  const isS3 = route.form === "s3";
  const payloadHash = isS3 ? s3PayloadHash(request, place) : sha256(request.body);
  if (key.secretAccessKey === undefined) return;
  const canonical = canonicalRequest(request, { signedHeaders, payloadHash, encodesOnce: isS3 });
  const toSign = stringToSign(time, scope, sha256(canonical));
  const sign = signerFor(scope, key.secretAccessKey);
  if (!areEqual(sign(toSign), signature.signature)) {
    throw errors.wrongSignature(signature, { stringToSign: toSign, canonicalRequest: canonical });
  }
  if (hasSignedChunks(payloadHash)) verifyChunks(request.body, signature, sign, errors);
}

function checkTime(signature: Version4, clocks: SigningClocks, errors: AuthenticationErrors): void {
  const time = parseBasicTime(signature.time);
  if (Number.isNaN(time)) {
    const detail = `Date must be in ISO-8601 'basic format'. Got '${signature.time}'`;
    throw errors.malformed(signature.place, detail);
  }
  const now = clockOf(time, clocks);
  if (signature.expires === undefined) {
    if (!isCurrent(time, clocks)) throw errors.skewed(time, now);
    return;
  }
  const expiry = time + signature.expires * 1000;
  if (now >= expiry) throw errors.expired(signature, expiry, now);
  if (time > now + allowedSkew) throw errors.notYetValid(signature, now);
}

/** Services with one endpoint for all regions, which belongs to this one; that of STS is for older clients. */
const globalServices: ReadonlySet<string> = new Set(["iam", "sts"]);
const globalRegion = "us-east-1";

function checkScope(signature: Version4, region: string, errors: AuthenticationErrors): void {
  const { scope, time } = signature;
  if (scope.date !== time.slice(0, 8)) throw errors.wrongDate(signature);
  if (scope.region === region) return;
  if (globalServices.has(scope.service) && scope.region === globalRegion) return;
  throw errors.wrongRegion(signature, region);
}

/**
 * A header that means something to AWS has to be signed, or a third party could add it. In a signed URL the hash
 * of the payload means nothing. Clients that speak HTTP/2 sign its `:authority` in place of the host.
 */
function checkSignedHeaders(
  { headers }: SignedRequest,
  { place, signedHeaders }: Version4,
  errors: AuthenticationErrors,
): void {
  const ignored = place === "query" ? "x-amz-content-sha256" : undefined;
  const unsigned: string[] = [];
  for (const name in headers) {
    const isMeant = (name === "host" || name.startsWith("x-amz-")) && name !== ignored;
    const isSigned =
      signedHeaders.includes(name) || (name === "host" && signedHeaders.includes(":authority"));
    if (isMeant && !isSigned) unsigned.push(name);
  }
  if (unsigned.length > 0) throw errors.unsignedHeaders(unsigned.sort());
}

function checkVersion2(
  request: SignedRequest,
  signature: Version2,
  key: AccessKey | PlaceholderKey,
  clocks: SigningClocks,
  errors: AuthenticationErrors,
): void {
  if (!/^\d+$/.test(signature.expires)) throw errors.incompleteVersion2();
  const expiry = Number(signature.expires) * 1000;
  const now = clockOf(expiry, clocks);
  if (now >= expiry) throw errors.expired(signature, expiry, now);
  if (key.secretAccessKey === undefined) return;
  const toSign = version2StringToSign(request, signature);
  if (areEqual(version2Signature(toSign, key.secretAccessKey), signature.signature)) return;
  throw errors.wrongSignature(signature, { stringToSign: toSign, canonicalRequest: undefined });
}

/** Whether two signatures are the same, in a time that does not tell where they differ. */
export function areEqual(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
