import type * as v from "valibot";
import { malformedXml, S3Error } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { choice, element, number, one, optional } from "./documentSchema.ts";

export const retentionModes = ["GOVERNANCE", "COMPLIANCE"] as const;

const retention = element({
  Mode: one(choice(...retentionModes)),
  Days: optional(number(1)),
  Years: optional(number(1)),
});

/** How long new objects are retained, unless they say so themselves. */
export type DefaultRetention = v.InferOutput<typeof retention>;

const schema = element({
  ObjectLockEnabled: one(choice("Enabled")),
  Rule: optional(element({ DefaultRetention: one(retention) })),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const objectLock: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "object-lock",
  name: "ObjectLockConfiguration",
  action: "BucketObjectLockConfiguration",
  root: "ObjectLockConfiguration",
  schema,
  deletable: false,
  missing: {
    code: "ObjectLockConfigurationNotFoundError",
    message: "Object Lock configuration does not exist for this bucket",
  },
  check: ({ Rule }, { bucket }) => {
    if (bucket.versioning !== "Enabled") {
      throw invalidBucketState(
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      );
    }
    const { Days, Years } = Rule?.DefaultRetention ?? {};
    if (Rule !== undefined && (Days === undefined) === (Years === undefined)) throw malformedXml();
  },
};

export function invalidBucketState(message: string): S3Error {
  return new S3Error("InvalidBucketState", message, { status: 409 });
}
