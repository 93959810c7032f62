import { denyInsecureTransport, type PolicyDocument, policyDocument } from "./document.ts";

/** The policy of a bucket: TLS only. Who may read and write is said by the roles. */
export function bucketPolicy(bucketArn: string): PolicyDocument {
  return policyDocument(denyInsecureTransport("s3:*", [bucketArn, `${bucketArn}/*`]));
}
