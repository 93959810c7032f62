import type { Principal } from "../access.ts";
import { type Authentication, areEqual, keyOf } from "./authenticate.ts";
import { scopeOf } from "./readSignature.ts";
import { s3Errors } from "./s3Errors.ts";
import type { FormFields } from "./signedRequest.ts";
import { signerFor } from "./signingKey.ts";
import type { Signature, Version4 } from "./statedSignature.ts";
import { version2Signature } from "./version2.ts";

/**
 * Finds out who has signed the policy of a form that uploads to S3.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 * @throws AwsError InvalidAccessKeyId, InvalidToken, SignatureDoesNotMatch
 */
export function authenticateForm(
  policy: string,
  fields: FormFields,
  { accessKey, region }: Authentication,
): Principal {
  const signature = signatureIn(fields);
  const { secretAccessKey, principal } = keyOf(signature, accessKey, s3Errors);
  if (signature.version === 4 && signature.scope.region !== region) {
    throw s3Errors.wrongRegion(signature, region);
  }
  if (secretAccessKey === undefined) return principal;
  const expected =
    signature.version === 4
      ? signerFor(signature.scope, secretAccessKey)(policy)
      : version2Signature(policy, secretAccessKey);
  if (areEqual(expected, signature.signature)) return principal;
  throw s3Errors.wrongSignature(signature, { stringToSign: policy, canonicalRequest: undefined });
}

function signatureIn(fields: FormFields): Signature {
  const sessionToken = fields["x-amz-security-token"];
  const { awsaccesskeyid: accessKeyId, signature = "" } = fields;
  if (accessKeyId !== undefined) {
    return { version: 2, accessKeyId, signature, expires: "", sessionToken };
  }
  const credential = fields["x-amz-credential"] ?? "";
  return {
    version: 4,
    place: "query",
    scope: scopeOf(credential, (detail) => s3Errors.malformed("query", detail)),
    signedHeaders: [],
    signature: fields["x-amz-signature"] ?? "",
    time: fields["x-amz-date"] ?? "",
    expires: undefined,
    sessionToken,
  } satisfies Version4;
}
