import * as v from "valibot";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { element, flag, one } from "./documentSchema.ts";

/** What is not given is off. */
const setting = v.optional(one(flag), ["false"]);

const schema = element({
  BlockPublicAcls: setting,
  IgnorePublicAcls: setting,
  BlockPublicPolicy: setting,
  RestrictPublicBuckets: setting,
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const publicAccessBlock: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "publicAccessBlock",
  name: "PublicAccessBlock",
  action: "BucketPublicAccessBlock",
  root: "PublicAccessBlockConfiguration",
  schema,
  initial: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  missing: {
    code: "NoSuchPublicAccessBlockConfiguration",
    message: "The public access block configuration was not found",
  },
};
