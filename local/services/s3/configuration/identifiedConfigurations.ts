import * as v from "valibot";
import { parseArn } from "../../../../aws/arn.ts";
import { malformedXml, S3Error } from "../s3Error.ts";
import type { IdentifiedConfiguration } from "./bucketConfiguration.ts";
import {
  any,
  choice,
  element,
  flag,
  number,
  one,
  optional,
  several,
  status,
  tag,
  text,
} from "./documentSchema.ts";

const id = v.pipe(text, v.regex(/^[\w.-]{1,64}$/));

const conditions = { Prefix: optional(text), Tag: optional(tag) };
const and = element({ Prefix: optional(text), Tag: any(tag) });

const analyticsSchema = element({
  Id: one(id),
  Filter: optional(element({ ...conditions, And: optional(and) })),
  StorageClassAnalysis: one(
    element({
      DataExport: optional(
        element({
          OutputSchemaVersion: one(choice("V_1")),
          Destination: one(
            element({
              S3BucketDestination: one(
                element({
                  Format: one(choice("CSV")),
                  BucketAccountId: optional(text),
                  Bucket: one(text),
                  Prefix: optional(text),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html */
export const analytics: IdentifiedConfiguration<v.InferOutput<typeof analyticsSchema>> = {
  parameter: "analytics",
  name: "BucketAnalyticsConfiguration",
  action: "AnalyticsConfiguration",
  root: "AnalyticsConfiguration",
  listRoot: "ListBucketAnalyticsConfigurationsResult",
  schema: analyticsSchema,
  check: requireSameId,
};

const metricsSchema = element({
  Id: one(id),
  Filter: optional(
    element({
      ...conditions,
      AccessPointArn: optional(text),
      And: optional(
        element({ Prefix: optional(text), Tag: any(tag), AccessPointArn: optional(text) }),
      ),
    }),
  ),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html */
export const metrics: IdentifiedConfiguration<v.InferOutput<typeof metricsSchema>> = {
  parameter: "metrics",
  name: "BucketMetricsConfiguration",
  action: "MetricsConfiguration",
  root: "MetricsConfiguration",
  listRoot: "ListMetricsConfigurationsResult",
  schema: metricsSchema,
  check: requireSameId,
};

const tieringSchema = element({
  Id: one(id),
  Filter: optional(element({ ...conditions, And: optional(and) })),
  Status: one(status),
  Tiering: several(
    element({
      Days: one(number(90)),
      AccessTier: one(choice("ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS")),
    }),
  ),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html */
export const intelligentTiering: IdentifiedConfiguration<v.InferOutput<typeof tieringSchema>> = {
  parameter: "intelligent-tiering",
  name: "BucketIntelligentTieringConfiguration",
  action: "IntelligentTieringConfiguration",
  root: "IntelligentTieringConfiguration",
  listRoot: "ListBucketIntelligentTieringConfigurationsOutput",
  schema: tieringSchema,
  check: requireSameId,
};

const inventorySchema = element({
  Id: one(id),
  IsEnabled: one(flag),
  Filter: optional(element({ Prefix: one(text) })),
  Destination: one(
    element({
      S3BucketDestination: one(
        element({
          AccountId: optional(text),
          Bucket: one(text),
          Format: one(choice("CSV", "ORC", "Parquet")),
          Prefix: optional(text),
          Encryption: optional(
            element({
              "SSE-S3": optional(element({})),
              "SSE-KMS": optional(element({ KeyId: one(text) })),
            }),
          ),
        }),
      ),
    }),
  ),
  Schedule: one(element({ Frequency: one(choice("Daily", "Weekly")) })),
  IncludedObjectVersions: one(choice("All", "Current")),
  OptionalFields: optional(
    element({
      Field: any(
        choice(
          "Size",
          "LastModifiedDate",
          "StorageClass",
          "ETag",
          "IsMultipartUploaded",
          "ReplicationStatus",
          "EncryptionStatus",
          "ObjectLockRetainUntilDate",
          "ObjectLockMode",
          "ObjectLockLegalHoldStatus",
          "IntelligentTieringAccessTier",
          "BucketKeyStatus",
          "ChecksumAlgorithm",
          "ObjectAccessControlList",
          "ObjectOwner",
          "LifecycleExpirationDate",
        ),
      ),
    }),
  ),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html */
export const inventory: IdentifiedConfiguration<v.InferOutput<typeof inventorySchema>> = {
  parameter: "inventory",
  name: "BucketInventoryConfiguration",
  action: "InventoryConfiguration",
  root: "InventoryConfiguration",
  listRoot: "ListInventoryConfigurationsResult",
  schema: inventorySchema,
  check: ({ Id, Destination }, requested) => {
    if (Id !== requested) {
      throw new S3Error("IdMismatch", "Document ID does not match the specified configuration ID.");
    }
    if (parseArn(Destination.S3BucketDestination.Bucket)?.service === "s3") return;
    throw new S3Error("InvalidS3DestinationBucket", "Invalid bucket ARN.");
  },
};

function requireSameId({ Id }: { readonly Id: string }, requested: string): void {
  if (Id !== requested) throw malformedXml();
}
