import { AwsError } from "../awsError.ts";
import { type AuthenticationErrors, type ExpectedTexts, validKeys } from "./errors.ts";
import { allowedSkew, basicTime } from "./signingTime.ts";

/** Each error's name in the JSON protocols, and in the query protocol. */
const codes = {
  IncompleteSignatureException: "IncompleteSignature",
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  UnrecognizedClientException: "InvalidClientTokenId",
} as const;

type Code = keyof typeof codes;

export type ServiceErrorForm = {
  /** Whether the errors have the names of the query protocol. */
  readonly query: boolean;
  /** Whether the older clients of the service read the names of the query protocol: those of SQS. */
  readonly queryCompatible: boolean;
  /** HTTP status of a caller that is refused; that of an incomplete signature is always 400. */
  readonly status: 400 | 403;
};

const skewMinutes = allowedSkew / 60_000;

/**
 * The answers of every service but S3.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function serviceErrors(form: ServiceErrorForm): AuthenticationErrors {
  function error(code: Code, message: string, status: number = form.status): AwsError {
    if (form.query) return new AwsError(codes[code], message, { status });
    return new AwsError(code, message, {
      status,
      ...(form.queryCompatible && { queryCode: codes[code] }),
    });
  }
  const incomplete = (message: string) => error("IncompleteSignatureException", message, 400);
  const invalid = (message: string) => error("InvalidSignatureException", message);
  const unrecognized = (reason: string) =>
    error(
      "UnrecognizedClientException",
      `The security token included in the request is invalid. ${reason}`,
    );

  return {
    missing: () =>
      error("MissingAuthenticationTokenException", "Request is missing Authentication Token"),
    unsupportedAlgorithm: (algorithm) => incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`),
    incompleteHeader: (missing) =>
      incomplete(missing.map((each) => `Authorization header requires ${each}.`).join(" ")),
    incompleteQuery: () =>
      incomplete(
        "AWS query-string parameters must include 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date' and 'X-Amz-Expires'.",
      ),
    incompleteVersion2: () => incomplete("Only version 4 of signatures is accepted."),
    invalidExpires: (detail) => incomplete(`${detail}.`),
    malformed: (_place, detail) => incomplete(`${detail}.`),
    unknownKey: (accessKeyId) =>
      unrecognized(`There is no access key "${accessKeyId}". ${validKeys}`),
    invalidToken: ({ sessionToken }) =>
      unrecognized(
        sessionToken === undefined
          ? "The key is one of temporary credentials, which need their session token."
          : "The session token does not belong to the key: unset AWS_SESSION_TOKEN if it is left from other credentials.",
      ),
    wrongRegion: ({ scope }, region) =>
      invalid(
        `Credential should be scoped to a valid region, not '${scope.region}'. The local cloud has one region, ${region}.`,
      ),
    wrongDate: ({ scope, time }) =>
      invalid(
        `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${time.slice(0, 8)}', from '${time}'.`,
      ),
    skewed: (time, now) => invalid(skewMessage(time, now)),
    expired: (_signature, expiry, now) =>
      invalid(`Signature expired: ${basicTime(expiry)} is now earlier than ${basicTime(now)}.`),
    notYetValid: ({ time }, now) =>
      invalid(
        `Signature not yet current: ${time} is still later than ${basicTime(now + allowedSkew)} (${basicTime(now)} + ${skewMinutes} min.)`,
      ),
    unsignedHeaders: (names) =>
      invalid(
        `${names.map((name) => `'${name}'`).join(", ")} must be a 'SignedHeader' in the AWS Authorization.`,
      ),
    wrongSignature: (_signature, expected) => invalid(mismatchMessage(expected)),
  };
}

function skewMessage(time: number, now: number): string {
  if (time < now) {
    return `Signature expired: ${basicTime(time)} is now earlier than ${basicTime(now - allowedSkew)} (${basicTime(now)} - ${skewMinutes} min.)`;
  }
  return `Signature not yet current: ${basicTime(time)} is still later than ${basicTime(now + allowedSkew)} (${basicTime(now)} + ${skewMinutes} min.)`;
}

function mismatchMessage({ canonicalRequest, stringToSign }: ExpectedTexts): string {
  return [
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    `The Canonical String for this request should have been\n'${canonicalRequest ?? ""}'`,
    `The String-to-Sign should have been\n'${stringToSign}'\n`,
  ].join("\n\n");
}
