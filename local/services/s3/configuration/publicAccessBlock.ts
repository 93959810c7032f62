import type * as v from "valibot";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { element, flag, optional } from "./documentSchema.ts";

const schema = element({
  BlockPublicAcls: optional(flag),
  IgnorePublicAcls: optional(flag),
  BlockPublicPolicy: optional(flag),
  RestrictPublicBuckets: optional(flag),
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
