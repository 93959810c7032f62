import type * as v from "valibot";
import { S3Error } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { choice, element, one, optional, several, text } from "./documentSchema.ts";
import { grantee } from "./grantee.ts";

const schema = element({
  LoggingEnabled: optional(
    element({
      TargetBucket: one(text),
      TargetPrefix: one(text),
      TargetGrants: optional(
        element({ Grant: several(element({ Grantee: one(grantee), Permission: one(text) })) }),
      ),
      TargetObjectKeyFormat: optional(
        element({
          SimplePrefix: optional(element({})),
          PartitionedPrefix: optional(
            element({ PartitionDateSource: one(choice("EventTime", "DeliveryTime")) }),
          ),
        }),
      ),
    }),
  ),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
export const logging: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "logging",
  name: "BucketLogging",
  action: "BucketLogging",
  root: "BucketLoggingStatus",
  schema,
  deletable: false,
  check: ({ LoggingEnabled: enabled }, { find }) => {
    if (enabled === undefined || find(enabled.TargetBucket) !== undefined) return;
    throw new S3Error(
      "InvalidTargetBucketForLogging",
      "The target bucket for logging does not exist",
      { details: { TargetBucket: enabled.TargetBucket } },
    );
  },
};
