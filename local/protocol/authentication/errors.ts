import type { AwsError } from "../awsError.ts";
import type { Signature, Version4 } from "./statedSignature.ts";

/** What a service answers to callers that it cannot authenticate. */
export type AuthenticationErrors = {
  /** The request has no signature. */
  missing(): AwsError;
  unsupportedAlgorithm(algorithm: string): AwsError;
  /** @param missing what the header lacks, for example `'Signature' parameter` */
  incompleteHeader(missing: readonly string[]): AwsError;
  incompleteQuery(): AwsError;
  incompleteVersion2(): AwsError;
  invalidExpires(detail: string): AwsError;
  malformed(place: Version4["place"], detail: string): AwsError;
  unknownKey(accessKeyId: string): AwsError;
  /** The session token of temporary credentials is missing, wrong, or not wanted. */
  invalidToken(signature: Signature): AwsError;
  wrongRegion(signature: Version4, region: string): AwsError;
  /** The date of the credential's scope is not that of the request. */
  wrongDate(signature: Version4): AwsError;
  /** @param now of the clock, in milliseconds since 1970 */
  skewed(time: number, now: number): AwsError;
  /** @param expiry of the presigned URL, in milliseconds since 1970 */
  expired(signature: Signature, expiry: number, now: number): AwsError;
  notYetValid(signature: Version4, now: number): AwsError;
  /** @param names of headers that have to be signed */
  unsignedHeaders(names: readonly string[]): AwsError;
  wrongSignature(signature: Signature, expected: ExpectedTexts): AwsError;
};

/** What the signature should have been made of. */
export type ExpectedTexts = {
  readonly stringToSign: string;
  /** Undefined for version 2, which has none. */
  readonly canonicalRequest: string | undefined;
};

/** Follows AWS's message, for developers whose own keys belong to a real account. */
export const validKeys =
  "It has the form of those that AWS issues, and is no active one of the program: use the access key local (secret: local), one of the program's users, or the credentials of a function.";
