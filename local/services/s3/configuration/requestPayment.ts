import type * as v from "valibot";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { choice, element, one } from "./documentSchema.ts";

const schema = element({ Payer: one(choice("BucketOwner", "Requester")) });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html */
export const requestPayment: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "requestPayment",
  name: "BucketRequestPayment",
  action: "BucketRequestPayment",
  root: "RequestPaymentConfiguration",
  schema,
  initial: { Payer: "BucketOwner" },
  deletable: false,
};
