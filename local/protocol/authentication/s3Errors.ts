import { RestXmlError } from "../restXmlError.ts";
import { type AuthenticationErrors, validKeys } from "./errors.ts";
import { allowedSkew, basicTime } from "./signingTime.ts";
import type { Signature } from "./statedSignature.ts";

/**
 * The answers of S3.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
export const s3Errors: AuthenticationErrors = {
  missing: () => denied("Access Denied"),
  unsupportedAlgorithm: () =>
    new RestXmlError(
      "InvalidRequest",
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    ),
  incompleteHeader: (missing) => {
    if (missing.every((each) => each.includes("'Date' header"))) {
      return denied("AWS authentication requires a valid Date or x-amz-date header");
    }
    const detail = `the authorization header requires ${missing.join(", ")}`;
    return new RestXmlError("AuthorizationHeaderMalformed", headerMalformed(detail));
  },
  incompleteQuery: () =>
    queryError(
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    ),
  incompleteVersion2: () =>
    denied(
      "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    ),
  invalidExpires: queryError,
  malformed: (place, detail) =>
    place === "header"
      ? new RestXmlError("AuthorizationHeaderMalformed", headerMalformed(detail))
      : queryError(`Error parsing the X-Amz-Credential parameter; ${detail}.`),
  unknownKey: (accessKeyId) =>
    denied(
      `The AWS Access Key Id you provided does not exist in our records. ${validKeys}`,
      { AWSAccessKeyId: accessKeyId },
      "InvalidAccessKeyId",
    ),
  invalidToken: (signature) => {
    const { sessionToken } = signature;
    if (sessionToken === undefined) return s3Errors.unknownKey(accessKeyIdOf(signature));
    return new RestXmlError(
      "InvalidToken",
      "The provided token is malformed or otherwise invalid.",
      { details: { "Token-0": sessionToken } },
    );
  },
  wrongRegion: ({ place, scope }, region) => {
    const detail = `the region '${scope.region}' is wrong; expecting '${region}'`;
    const details = { Region: region };
    return place === "header"
      ? new RestXmlError("AuthorizationHeaderMalformed", headerMalformed(detail), { details })
      : queryError(`Error parsing the X-Amz-Credential parameter; ${detail}`, details);
  },
  wrongDate: ({ place, scope, time }) => {
    const detail = `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${time.slice(0, 8)}".`;
    return place === "header"
      ? new RestXmlError("AuthorizationHeaderMalformed", headerMalformed(detail))
      : queryError(detail);
  },
  skewed: (time, now) =>
    denied(
      "The difference between the request time and the current time is too large.",
      {
        RequestTime: basicTime(time),
        ServerTime: serverTime(now),
        MaxAllowedSkewMilliseconds: String(allowedSkew),
      },
      "RequestTimeTooSkewed",
    ),
  expired: (signature, expiry, now) =>
    denied("Request has expired", {
      ...(signature.version === 4 && { "X-Amz-Expires": String(signature.expires) }),
      Expires: serverTime(expiry),
      ServerTime: serverTime(now),
    }),
  notYetValid: ({ time }, now) =>
    denied("Request is not valid yet", { "X-Amz-Date": time, ServerTime: serverTime(now) }),
  unsignedHeaders: (names) =>
    denied("There were headers present in the request which were not signed", {
      HeadersNotSigned: names.join(", "),
    }),
  wrongSignature: (signature, { stringToSign, canonicalRequest }) =>
    denied(
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      {
        AWSAccessKeyId: accessKeyIdOf(signature),
        StringToSign: stringToSign,
        SignatureProvided: signature.signature,
        StringToSignBytes: bytesOf(stringToSign),
        ...(canonicalRequest !== undefined && {
          CanonicalRequest: canonicalRequest,
          CanonicalRequestBytes: bytesOf(canonicalRequest),
        }),
      },
      "SignatureDoesNotMatch",
    ),
};

function denied(
  message: string,
  details: Readonly<Record<string, string>> = {},
  code = "AccessDenied",
): RestXmlError {
  return new RestXmlError(code, message, { status: 403, details });
}

function queryError(message: string, details: Readonly<Record<string, string>> = {}): RestXmlError {
  return new RestXmlError("AuthorizationQueryParametersError", message, { details });
}

function headerMalformed(detail: string): string {
  return `The authorization header is malformed; ${detail}`;
}

function accessKeyIdOf(signature: Signature): string {
  return signature.version === 4 ? signature.scope.accessKeyId : signature.accessKeyId;
}

function serverTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+/, "");
}

/** In hexadecimal, by which an invisible difference shows. */
function bytesOf(text: string): string {
  return Buffer.from(text)
    .toString("hex")
    .replace(/..(?=.)/g, "$& ");
}
