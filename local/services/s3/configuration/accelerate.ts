import type * as v from "valibot";
import { invalidRequest } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { choice, element, one } from "./documentSchema.ts";

const schema = element({ Status: one(choice("Enabled", "Suspended")) });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html */
export const accelerate: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "accelerate",
  name: "BucketAccelerateConfiguration",
  action: "AccelerateConfiguration",
  root: "AccelerateConfiguration",
  schema,
  deletable: false,
  checkBucket: (bucket) => {
    if (!bucket.name.includes(".")) return;
    throw invalidRequest(
      "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
    );
  },
};
