/** The scope that a signature of version 4 holds for: `KEY/20261129/eu-west-1/sqs/aws4_request`. */
export type CredentialScope = {
  readonly accessKeyId: string;
  /** `20261129` */
  readonly date: string;
  readonly region: string;
  /** The signing name, for example `sqs`. */
  readonly service: string;
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
export type Version4 = {
  readonly version: 4;
  readonly place: "header" | "query";
  readonly scope: CredentialScope;
  /** Names in lower case. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** When it was signed: `20261129T194024Z`. */
  readonly time: string;
  /** Seconds that a presigned URL holds. Undefined for a signature in a header. */
  readonly expires: number | undefined;
  readonly sessionToken: string | undefined;
};

/** S3's older one, with which boto3 still presigns. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html */
export type Version2 = {
  readonly version: 2;
  readonly accessKeyId: string;
  readonly signature: string;
  /** When a presigned URL ends, in seconds since 1970. */
  readonly expires: string;
  readonly sessionToken: string | undefined;
};

export type Signature = Version4 | Version2;

export const algorithm = "AWS4-HMAC-SHA256";

/** @returns undefined for a text that is not `KEY/20261129/eu-west-1/sqs/aws4_request` */
export function scopeIn(credential: string): CredentialScope | undefined {
  const [terminator, service, region, date, ...key] = credential.split("/").reverse();
  const accessKeyId = key.reverse().join("/");
  if (!accessKeyId || !date || !region || !service || terminator !== "aws4_request") {
    return undefined;
  }
  return { accessKeyId, date, region, service };
}
