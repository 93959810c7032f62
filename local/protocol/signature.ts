import type { IncomingHttpHeaders } from "node:http";

/** What a request's signature states. It is not verified. */
export type Signer = {
  /** Undefined for an unsigned request. */
  readonly accessKeyId: string | undefined;
  /** The signing name, for example `sqs`. */
  readonly service: string | undefined;
  readonly region: string | undefined;
};

const unsigned: Signer = { accessKeyId: undefined, service: undefined, region: undefined };

/**
 * Reads the credential scope from the `Authorization` header or from a presigned URL:
 * `KEY/date/region/service/aws4_request`, without the region where the signature (SigV4a) holds for
 * all. Version 2 of the signature, with which boto3 presigns, names the key alone.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signerOf(headers: IncomingHttpHeaders, query: URLSearchParams): Signer {
  const version2 = query.get("AWSAccessKeyId");
  if (version2) return { ...unsigned, accessKeyId: version2, service: "s3" };
  const inHeader = /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1];
  const credential = inHeader ?? query.get("X-Amz-Credential");
  if (!credential) return unsigned;
  const [accessKeyId, , ...scope] = credential.split("/");
  const [service, region] = scope.slice(0, -1).reverse();
  return { accessKeyId, service, region };
}
