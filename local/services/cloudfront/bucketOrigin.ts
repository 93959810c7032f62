import { account } from "../../arn.ts";
import type { Clock } from "../../time/clock.ts";
import type { WebReply, WebRequest } from "../../web/message.ts";
import type { Authorize, Principal } from "../iam/access.ts";
import { s3Service } from "../s3/api/s3.ts";
import type { Buckets } from "../s3/buckets.ts";

export type BucketOriginOptions = {
  readonly buckets: Buckets;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly region: string;
};

const cloudFront: Principal = { kind: "service", name: "cloudfront.amazonaws.com" };

/** What CloudFront hands on to a bucket of a viewer's headers. */
const conditional = [
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "range",
];

/**
 * Reads an object as CloudFront does with origin access control: S3 sees the service, on behalf of the
 * distribution.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function readFromBucket(
  options: BucketOriginOptions,
  distributionArn: string,
  bucket: string,
  { method, path, headers }: WebRequest,
): Promise<WebReply> {
  const authorize: Authorize = (request) => {
    const source = { "aws:SourceArn": distributionArn, "aws:SourceAccount": account };
    return options.authorize({ ...request, context: { ...request.context, ...source } });
  };
  const kept = conditional.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return s3Service({ ...options, authorize })({
    method,
    path: `/${bucket}${path}`,
    query: new URLSearchParams(),
    headers: { host: "s3.amazonaws.com", ...Object.fromEntries(kept) },
    body: Buffer.alloc(0),
    service: "s3",
    region: options.region,
    principal: cloudFront,
    callerArn: distributionArn,
  });
}
