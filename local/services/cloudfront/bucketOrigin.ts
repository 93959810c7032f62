import { account } from "../../arn.ts";
import type { Principal } from "../../protocol/access.ts";
import type { WebReply, WebRequest } from "../../protocol/webMessage.ts";
import type { ObjectOrigin } from "../s3/interface.ts";

export type BucketOriginOptions = {
  readonly objects: ObjectOrigin;
  readonly region: string;
};

const cloudFront: Principal = { kind: "service", name: "cloudfront.amazonaws.com" };

/** The viewer's headers that CloudFront forwards to a bucket. */
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
  { objects, region }: BucketOriginOptions,
  distributionArn: string,
  bucket: string,
  { method, path, headers }: WebRequest,
): Promise<WebReply> {
  const kept = conditional.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const call = {
    method,
    path: `/${bucket}${path}`,
    query: new URLSearchParams(),
    headers: { host: "s3.amazonaws.com", ...Object.fromEntries(kept) },
    body: Buffer.alloc(0),
    service: "s3",
    region,
    principal: cloudFront,
    callerArn: distributionArn,
  };
  return objects.serve(call, {
    "aws:SourceArn": distributionArn,
    "aws:SourceAccount": account,
  });
}
