import { account } from "../../arn.ts";
import type { Principal } from "../../protocol/access.ts";
import type { WebReply, WebRequest } from "../../protocol/webMessage.ts";
import type { ObjectOrigin } from "../s3/interface.ts";
import type { OriginDefinition } from "./definition.ts";

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

/** As whom a bucket is read. */
export type BucketAccess = NonNullable<OriginDefinition["access"]>;

/** Of which distribution, and as whom it reads. */
type Reader = { readonly arn: string; readonly bucket: string; readonly access: BucketAccess };

/**
 * Reads an object as CloudFront does: with origin access control S3 sees the service, on behalf of the
 * distribution; with an origin access identity it sees that.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function readFromBucket(
  { objects, region }: BucketOriginOptions,
  { arn, bucket, access }: Reader,
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
    principal: access === "control" ? cloudFront : identity(access.identityArn),
    callerArn: arn,
  };
  if (access !== "control") return objects.serve(call, {});
  return objects.serve(call, { "aws:SourceArn": arn, "aws:SourceAccount": account });
}

function identity(arn: string): Principal {
  return { kind: "user", arn };
}
