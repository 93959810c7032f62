import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "./document.ts";

/**
 * The policy of a bucket: TLS only, one distribution that may read where one is named, and nothing ever
 * replaced or deleted where it is append-only. Who else may read and write is said by the roles.
 */
export function bucketPolicy(
  bucketArn: string,
  options: { readonly distributionArn?: string | undefined; readonly appendOnly?: boolean } = {},
): PolicyDocument {
  const { distributionArn, appendOnly = false } = options;
  return policyDocument(
    ...(distributionArn === undefined ? [] : [distributionReads(bucketArn, distributionArn)]),
    ...(appendOnly ? [denyDeletes(bucketArn), denyOverwrites(bucketArn)] : []),
    denyInsecureTransport("s3:*", [bucketArn, `${bucketArn}/*`]),
  );
}

/**
 * Without `s3:ListBucket`, so that S3 answers 403 and not 404 for an object that is not there.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
function distributionReads(bucketArn: string, distributionArn: string): Statement {
  return {
    Sid: "DistributionReads",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: `${bucketArn}/*`,
    Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
}

function denyDeletes(bucketArn: string): Statement {
  return {
    Sid: "DenyDeletes",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    Resource: `${bucketArn}/*`,
  };
}

/**
 * A write has to say `If-None-Match: *`, so that S3 refuses it where there is an object of that key.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
function denyOverwrites(bucketArn: string): Statement {
  return {
    Sid: "DenyOverwrites",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: { Null: { "s3:if-none-match": "true" } },
  };
}
