import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { algorithm, type CredentialScope } from "./statedSignature.ts";

/** A signature of version 4 for a text, in hexadecimal. */
export type Sign = (stringToSign: string) => string;

/** Keys of the scopes of late. A program's callers have few, which change at midnight. */
const mostKeys = 200;

const keys = new Map<string, KeyObject>();

/**
 * Signs for a scope. Its key takes four rounds of HMAC, so it is kept.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key
 */
export function signerFor(scope: CredentialScope, secretAccessKey: string): Sign {
  const id = `${secretAccessKey}/${scope.date}/${scope.region}/${scope.service}`;
  const key = keys.get(id) ?? derived(scope, secretAccessKey);
  if (keys.size >= mostKeys) keys.clear();
  keys.set(id, key);
  return (stringToSign) => createHmac("sha256", key).update(stringToSign).digest("hex");
}

/** @param hash of the canonical request, in hexadecimal */
export function stringToSign(time: string, scope: CredentialScope, hash: string): string {
  return `${algorithm}\n${time}\n${scopeText(scope)}\n${hash}`;
}

export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

function derived({ date, region, service }: CredentialScope, secretAccessKey: string): KeyObject {
  const ofDate = hmac(`AWS4${secretAccessKey}`, date);
  return createSecretKey(hmac(hmac(hmac(ofDate, region), service), "aws4_request"));
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
