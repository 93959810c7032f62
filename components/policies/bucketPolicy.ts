import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "./document.ts";

/**
 * The policy of a bucket: TLS only, and one distribution that may read where one is named. Who else may
 * read and write is said by the roles.
 */
export function bucketPolicy(bucketArn: string, distributionArn?: string): PolicyDocument {
  return policyDocument(
    ...(distributionArn === undefined ? [] : [distributionReads(bucketArn, distributionArn)]),
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
